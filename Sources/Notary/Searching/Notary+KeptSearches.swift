public import Evidence
import Bytes
import EvidenceStore
import Logging
import MerkleLog

extension Notary {
    /// A search of this account that is still kept, as it was answered.
    ///
    /// - Parameter id: As the answer said it.
    /// - Throws: ``NotaryError`` with `.unknownSearch`.
    public func keptSearch(_ id: String, for caller: Caller) throws -> KeptSearchAnswer {
        guard let name = AccountRowID(hex: id),
            let search = try store.search(name, for: caller.account, now: clock().milliseconds),
            let answer = KeptSearchAnswer(search)
        else {
            throw NotaryError(
                .unknownSearch,
                "No search of this id is kept for you. Searches end after a while: search again."
            )
        }
        return answer
    }

    /// The account's newest kept searches, in short.
    public func keptSearches(for caller: Caller) throws -> JSONValue {
        let searches = try store.searches(
            of: caller.account,
            now: clock().milliseconds,
            limit: KeptSearches.listLimit
        )
        return .array(
            searches.compactMap { KeptSearchAnswer($0)?.json }.map { answer in
                [
                    "id": answer["id"] ?? .null, "keptUntil": answer["keptUntil"] ?? .null,
                    "sha256": answer["sha256"] ?? .null,
                    "matches": .integer(answer["matches"]?.arrayValue?.count ?? 0),
                ]
            }
        )
    }

    /// Erases a kept search with its picture.
    ///
    /// - Throws: ``NotaryError`` with `.unknownSearch`.
    public func eraseSearch(_ id: String, for caller: Caller) async throws {
        try await withTaskExecutorPreference(workers) {
            guard let name = AccountRowID(hex: id), try store.eraseSearch(name, for: caller.account) else {
                throw NotaryError(.unknownSearch, "No search of this id is kept for you.")
            }
            _ = try store.purgeSearches()
        }
    }

    /// Keeps an answer for a while, when the configuration says so, and puts its name into it.
    func keep(_ result: inout SearchResult, picture: [UInt8]?, for caller: Caller) throws {
        let seconds = configuration.searchKeepSeconds
        guard seconds > 0 else { return }
        let now = clock().milliseconds
        let ends = now + Int64(seconds) * 1000
        let id = try AccountRowID(now: now)
        result.kept = SearchResult.Kept(id: id.hex, until: UTCTime(milliseconds: ends))
        let answer = KeptSearchAnswer.document(result)
        let limit = configuration.searchKeepCount
        try store.keep(id, answer: answer, picture: picture, for: caller.account, until: ends, limit: limit)
    }

    /// Erases the searches in which an account met a registration that was erased: they hold its title.
    func eraseSearches(naming position: LogPosition, of account: AccountID) throws {
        let searches = try store.searches(
            of: account,
            now: clock().milliseconds,
            limit: configuration.searchKeepCount + 1
        )
        var count = 0
        for search in searches {
            guard let answer = KeptSearchAnswer(search), answer.places.contains(position) else { continue }
            if try store.eraseSearch(search.id, for: account) { count += 1 }
        }
        if count > 0 { _ = try store.purgeSearches() }
    }

    /// Deletes searches that have ended, again and again until the task is cancelled.
    func sweepSearchesRegularly() async {
        while !Task.isCancelled {
            do {
                try await withTaskExecutorPreference(workers) {
                    if try store.sweepSearches(now: clock().milliseconds) > 0 { _ = try store.purgeSearches() }
                }
            } catch {
                logger.warning("searches that have ended stay for now", metadata: ["error": "\(error)"])
            }
            try? await Task.sleep(for: .seconds(KeptSearches.sweepIntervalSeconds))  // only throws when cancelled
        }
    }
}
