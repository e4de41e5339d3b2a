import Bytes
import Evidence
import EvidenceStore
import Fingerprints
import MediaDecoding
import MerkleLog
import OpenSSL
import SimilarityIndex

/// Turns rows of the indexes into what a caller may see of other registrations.
struct Matcher {
    /// Registrations of equal bytes that are listed.
    static let sameBytesLimit = 50

    let store: Store
    let pictures: PictureIndex
    let parts: PartIndex
    let lanes: Lanes
    let caller: Caller

    /// Equal bytes first, earliest first; then pictures, under a limit of their own, so that nobody hides them by
    /// registering the same bytes many times. Each registration once.
    ///
    /// - Parameter position: Only registrations before this place, if it is given.
    func matches(sha256: Digest256, picture: ExaminedFile?, before position: LogPosition? = nil) throws -> [Match] {
        guard let digest = EvidenceStore.DocumentDigest(.sha256, sha256.bytes) else { return [] }
        let same = try store.registrations(withDigest: digest, limit: Self.sameBytesLimit)
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
        guard let decoded = picture?.decoded, let pdq = picture?.pdq else { return same }
        let lookup = PictureLookup(
            index: pictures,
            parts: parts,
            sketch: { try store.derived(LocalFeatures.algorithm, at: $0).flatMap(PictureSketch.init) },
            fingerprint: {
                try store.fingerprint(PDQFingerprint.algorithm, at: $0).flatMap { PDQFingerprint(bytes: $0.bytes) }
            },
            isWanted: { try lanes.holds($0) && !store.hasRegistration(at: $0, withDigest: digest) }
        )
        return try same + lookup.hits(for: decoded, pdq: pdq).compactMap(match)
    }

    /// - Returns: `nil` when the registration was erased meanwhile.
    private func match(_ hit: PictureHit) throws -> Match? {
        guard let row = try store.fingerprint(PDQFingerprint.algorithm, at: hit.position) else { return nil }
        return try match(
            at: hit.position,
            id: row.id,
            owner: row.account,
            isSamePixels: hit.isSamePixels,
            distanceBits: hit.distanceBits,
            orientation: hit.orientation,
            geometry: hit.geometry
        )
    }

    func match(
        at position: LogPosition,
        id: LeafHash,
        owner: AccountID,
        isSameBytes: Bool = false,
        isSamePixels: Bool = false,
        provenance: Evidence.DocumentDigest.Provenance = .computed,
        distanceBits: Int? = nil,
        orientation: Orientation? = nil,
        geometry: Match.Geometry = .notLooked,
        text: TextAgreement? = nil,
        pages: PageAgreement? = nil
    ) throws -> Match {
        let isYours = owner == caller.account
        let covering = TreeSize(position.index.value + 1)
        let batch = try store.checkpoint(atOrAfter: covering, lane: position.lane)
        return Match(
            position: position,
            isSameBytes: isSameBytes,
            isSamePixels: isSamePixels,
            provenance: provenance,
            id: isYours ? id : nil,
            isYours: isYours,
            registeredAt: time(of: batch?.batchTime ?? 0, isExact: isYours),
            distanceBits: distanceBits,
            orientation: orientation,
            geometry: geometry,
            text: text,
            pages: pages,
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
