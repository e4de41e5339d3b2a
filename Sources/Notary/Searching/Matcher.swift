import Bytes
import Evidence
import EvidenceStore
import Fingerprints
import MerkleLog
import OpenSSL

/// Turns rows of the indexes into what a caller may see of other registrations.
struct Matcher {
    /// A judge reads ten; an operator with a flooded picture sees that there are many.
    static let matchLimit = 50

    let store: Store
    let pictures: PictureIndex
    let published: PublishedHead
    let caller: Caller

    /// Equal bytes first, earliest first; then near copies by distance. Each registration once.
    ///
    /// - Parameter position: Only registrations before this place, if it is given.
    func matches(sha256: Digest256, pdq: PDQResult?, before position: LogPosition? = nil) throws -> [Match] {
        var seen: Set<LogPosition> = []
        var matches: [Match] = []
        if let digest = EvidenceStore.DocumentDigest(.sha256, sha256.bytes) {
            for row in try store.registrations(withDigest: digest, limit: Self.matchLimit) {
                guard published.holds(row.position), position.map({ row.position < $0 }) ?? true,
                    seen.insert(row.position).inserted
                else { continue }
                matches.append(try match(.sameBytes, row.id, row.account, row.position))
            }
        }
        guard let pdq else { return matches }
        for near in pictures.matches(for: pdq, limit: Self.matchLimit) where matches.count < Self.matchLimit {
            guard published.holds(near.position), seen.insert(near.position).inserted,
                let row = try store.fingerprint(PDQFingerprint.algorithm, at: near.position)
            else { continue }
            matches.append(
                try match(.nearCopy, row.id, row.account, near.position, near.distanceBits, near.orientation)
            )
        }
        return matches
    }

    private func match(
        _ kind: Match.Kind,
        _ id: LeafHash,
        _ owner: AccountID,
        _ position: LogPosition,
        _ distanceBits: Int? = nil,
        _ orientation: Orientation? = nil
    ) throws -> Match {
        let isYours = owner == caller.account
        let covering = TreeSize(position.index.value + 1)
        let batch = try store.checkpoint(atOrAfter: covering, lane: position.lane)
        let title = isYours ? try title(of: id) : nil
        return Match(
            kind: kind,
            id: isYours ? id : nil,
            isYours: isYours,
            registeredAt: time(of: batch?.batchTime ?? 0, isExact: isYours),
            distanceBits: distanceBits,
            orientation: orientation,
            title: title
        )
    }

    /// To the minute for others' registrations: the exact time of a batch is public, and would tell which entry it is.
    private func time(of batchTime: Int64, isExact: Bool) -> UTCTime {
        UTCTime(milliseconds: isExact ? batchTime : batchTime / 60_000 * 60_000)
    }

    private func title(of id: LeafHash) throws -> String? {
        guard let stored = try store.record(id, for: caller.account) else { return nil }
        return try Record(parsing: stored.bytes).claim[.title]
    }
}
