import Bytes
import Evidence
import EvidenceStore
import Fingerprints
import MerkleLog
import OpenSSL

/// Turns rows of the indexes into what a caller may see of other registrations.
struct Matcher {
    /// A judge reads ten; an operator with a flooded picture sees that there are many.
    /// Holds for equal bytes and for near copies, each on its own.
    static let matchLimit = 50
    /// Close pictures that are looked at: those of equal bytes among them are left out, as they are listed already.
    static let candidateLimit = 1000

    let store: Store
    let pictures: PictureIndex
    let lanes: Lanes
    let caller: Caller

    /// Equal bytes first, earliest first; then near copies by distance, under a limit of their own, so that nobody
    /// hides them by registering the same bytes many times. Each registration once.
    ///
    /// - Parameter position: Only registrations before this place, if it is given.
    func matches(sha256: Digest256, pdq: PDQResult?, before position: LogPosition? = nil) throws -> [Match] {
        guard let digest = EvidenceStore.DocumentDigest(.sha256, sha256.bytes) else { return [] }
        let same = try store.registrations(withDigest: digest, limit: Self.matchLimit)
            .filter { row in lanes.holds(row.position) && position.map { row.position < $0 } ?? true }
            .map {
                try match(
                    at: $0.position,
                    id: $0.id,
                    owner: $0.account,
                    isSameBytes: true,
                    provenance: $0.provenance == .computed ? .computed : .declared
                )
            }
        guard let pdq else { return same }
        return try same + nearCopies(of: pdq, without: digest)
    }

    private func nearCopies(of pdq: PDQResult, without digest: EvidenceStore.DocumentDigest) throws -> [Match] {
        var copies: [Match] = []
        for near in pictures.matches(for: pdq, limit: Self.candidateLimit) where copies.count < Self.matchLimit {
            guard lanes.holds(near.position), try !store.hasRegistration(at: near.position, withDigest: digest),
                let row = try store.fingerprint(PDQFingerprint.algorithm, at: near.position)
            else { continue }
            copies.append(
                try match(
                    at: near.position,
                    id: row.id,
                    owner: row.account,
                    distanceBits: near.distanceBits,
                    orientation: near.orientation
                )
            )
        }
        return copies
    }

    private func match(
        at position: LogPosition,
        id: LeafHash,
        owner: AccountID,
        isSameBytes: Bool = false,
        provenance: Evidence.DocumentDigest.Provenance = .computed,
        distanceBits: Int? = nil,
        orientation: Orientation? = nil,
        geometry: Match.Geometry = .notLooked
    ) throws -> Match {
        let isYours = owner == caller.account
        let covering = TreeSize(position.index.value + 1)
        let batch = try store.checkpoint(atOrAfter: covering, lane: position.lane)
        return Match(
            position: position,
            isSameBytes: isSameBytes,
            provenance: provenance,
            id: isYours ? id : nil,
            isYours: isYours,
            registeredAt: time(of: batch?.batchTime ?? 0, isExact: isYours),
            distanceBits: distanceBits,
            orientation: orientation,
            geometry: geometry,
            title: isYours ? try title(of: id) : nil
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
