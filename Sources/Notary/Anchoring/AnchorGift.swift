import Anchoring
import EvidenceStore
import OpenSSL

/// What an outsider gave, as the store keeps it: RFC 3161 responses in their own family, other files as an anchor.
struct AnchorGift {
    private(set) var anchor: StoredAnchor?
    private(set) var timestamps: [StoredTimestamp] = []

    /// Nothing.
    init() {}

    /// - Parameter earlier: What there is already: a file of the same name is joined with it where its kind can, and one
    ///   that is missing now is kept.
    /// - Throws: ``OutsiderError`` with code `.invalidAnswer` for files that are not named after the outsider, or that
    ///   are `.tsr` and no timestamps.
    init(
        _ files: [AnchorFile],
        job: StoredAnchorJob,
        isComplete: Bool,
        isSelfOperated: Bool,
        earlier: StoredAnchor?,
        now: Int64
    ) throws {
        var kept = (earlier?.files ?? []).map { AnchorFile(name: $0.name, bytes: $0.bytes) }
        var hasFiles = false
        for file in files {
            guard file.name.hasPrefix(job.outsider + ".") else {
                throw OutsiderError(.invalidAnswer, "An anchor of \(job.outsider) is named \(file.name.prefix(80)).")
            }
            if file.name.hasSuffix(".tsr") {
                timestamps.append(try Self.timestamp(file, job, now))
                continue
            }
            hasFiles = true
            guard let place = kept.firstIndex(where: { $0.name == file.name }) else {
                kept.append(file)
                continue
            }
            let both = AnchorKinds.kind(of: file.name)?.joined(kept[place].bytes, file.bytes)
            kept[place] = AnchorFile(name: file.name, bytes: both ?? file.bytes)
        }
        guard hasFiles || isComplete && !kept.isEmpty else { return }
        anchor = StoredAnchor(
            lane: job.lane,
            outsider: job.outsider,
            size: job.size,
            isComplete: isComplete,
            isSelfOperated: isSelfOperated,
            obtained: now,
            files: kept.map { StoredAnchor.File(name: $0.name, bytes: $0.bytes) }
        )
    }

    private static func timestamp(_ file: AnchorFile, _ job: StoredAnchorJob, _ now: Int64) throws -> StoredTimestamp {
        guard let token = try? UnverifiedTimestamp(response: file.bytes).response.token else {
            throw OutsiderError(.invalidAnswer, "\(job.outsider) gave a response that holds no timestamp.")
        }
        return StoredTimestamp(
            lane: job.lane,
            size: job.size,
            authority: job.outsider,
            obtained: now,
            imprint: token.imprint,
            response: file.bytes
        )
    }
}
