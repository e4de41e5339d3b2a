public import Bytes
public import Evidence
public import EvidenceStore
import Fingerprints
import MediaDecoding
import OpenSSL

extension Notary {
    /// An account that needs more watches has feeds to join.
    static let watchLimit = 100
    static let referenceLimitBytes = 2000
    /// The most hits on one page.
    public static let hitPageLimit = 1000

    /// - Throws: ``NotaryError`` with `.watchInvalid` or `.webhookRefused`.
    public func createWatch(_ request: WatchRequest, for caller: Caller) throws -> Watch {
        try request.check(configuration.webhookHosts)
        guard try store.watches(of: caller.account).count < Self.watchLimit else {
            throw NotaryError(.watchInvalid, "An account has at most \(Self.watchLimit) watches. Delete one first.")
        }
        guard let secret = try? SecureRandom.bytes(Digest256.byteCount) else {
            preconditionFailure("The operating system's randomness failed: no secret can be made safely.")
        }
        let bytes = Watch.bytes(request, secret: Hex.encode(secret), createdAt: clock())
        return try Watch(store.createWatch(bytes, for: caller.account))
    }

    /// Oldest first.
    public func watches(for caller: Caller) throws -> [Watch] {
        try store.watches(of: caller.account).map(Watch.init).sorted {
            ($0.createdAt, $0.name) < ($1.createdAt, $1.name)
        }
    }

    /// - Throws: ``NotaryError`` with `.watchUnknown`, also for another account's.
    public func watch(_ id: WatchID, for caller: Caller) throws -> Watch {
        guard let stored = try store.watch(id, of: caller.account) else {
            throw NotaryError(.watchUnknown, "This account has no watch \(id).")
        }
        return try Watch(stored)
    }

    /// - Throws: ``NotaryError`` with `.watchUnknown` for what names no watch.
    public static func watchID(_ text: String) throws -> WatchID {
        guard let id = WatchID(hex: text) else {
            throw NotaryError(.watchUnknown, "There is no watch \(text.prefix(64)).")
        }
        return id
    }

    /// Forgets the watch, its pictures and its hits.
    ///
    /// - Throws: ``NotaryError`` with `.watchUnknown`.
    public func deleteWatch(_ id: WatchID, for caller: Caller) throws {
        guard let numbers = try store.deleteWatch(id, of: caller.account) else {
            throw NotaryError(.watchUnknown, "This account has no watch \(id).")
        }
        for number in numbers { feed.index.remove(number) }
    }

    /// Whether the watch has seen a file of this digest, and would not look again.
    ///
    /// - Throws: ``NotaryError`` with `.watchUnknown`.
    public func hasSeen(_ sha256: Digest256, in id: WatchID, for caller: Caller) throws -> Bool {
        _ = try watch(id, for: caller)
        return try store.feedPicture(sha256, in: id) != nil
    }

    /// Looks a picture up for a watch, keeps what was found, and keeps the picture's fingerprints, so that its original
    /// is found when it is registered later.
    ///
    /// - Parameter reference: What the caller calls it: a URL or a path.
    /// - Throws: ``NotaryError`` with `.watchUnknown`, or as for a search.
    public func show(
        _ upload: Upload,
        reference: String,
        to id: WatchID,
        for caller: Caller
    ) async throws -> FeedAnswer {
        let watch = try watch(id, for: caller)
        let file = try upload.finish()
        guard reference.utf8.count <= Self.referenceLimitBytes else {
            throw NotaryError(.watchInvalid, "A picture's reference is at most \(Self.referenceLimitBytes) bytes.")
        }
        let seen = FeedAnswer(reference: reference, sha256: file.sha256, wasSeen: true, matches: [])
        guard try store.feedPicture(file.sha256, in: id) == nil else { return seen }
        let picture = try await examined(file, declaredMediaType: "image/*", .query)
        return try await feed.keeping {
            try keep(file, picture, reference, for: watch, caller) ?? seen
        }
    }

    /// - Returns: `nil` when the watch has seen it meanwhile.
    private func keep(
        _ file: UploadedFile,
        _ picture: ExaminedFile,
        _ reference: String,
        for watch: Watch,
        _ caller: Caller
    ) throws -> FeedAnswer? {
        let kept = FeedPicture(reference: reference, pdq: picture.pdq)
        let matches = try matcher(for: caller).matches(sha256: file.sha256, picture: picture).filter(watch.wants)
        let now = clock()
        let hits = matches.map {
            Hit.new($0, reference: kept.reference, sha256: file.sha256, seenAt: now, foundAt: now, .feed)
        }
        let number = try store.addToFeed(
            kept.bytes,
            sha256: file.sha256,
            seenAt: now.milliseconds,
            watch: watch.id,
            of: caller.account,
            hits: hits,
            due: feed.due(for: watch, count: hits.count)
        )
        guard let number else { return nil }
        feed.index.insert(kept.pdq, number: number)
        counters.feedPictures.increment()
        counters.feedHits.increment(by: hits.count)
        return FeedAnswer(reference: kept.reference, sha256: file.sha256, wasSeen: false, matches: matches)
    }

    /// A page of hits in the order of finding, as the API shows them.
    ///
    /// - Parameter number: After this hit; `nil` from the beginning.
    /// - Throws: ``NotaryError`` with `.watchUnknown`.
    public func hits(of id: WatchID, after number: UInt64?, limit: Int, for caller: Caller) throws -> JSONValue {
        _ = try watch(id, for: caller)
        let limit = min(max(limit, 1), Self.hitPageLimit)
        let page = try store.hits(of: id, of: caller.account, after: number, limit: limit)
        return [
            "hits": .array(try page.map { try Hit.json($0.number, $0.bytes) }),
            "next": page.count == limit ? page.last.map { .integer($0.number) } ?? .null : .null,
        ]
    }
}
