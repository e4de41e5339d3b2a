import Bytes
import Evidence
import EvidenceStore
import Fingerprints
import MerkleLog
import OpenSSL

extension Matcher {
    /// The registration at a place, if a picture of which only fingerprints are kept is the same file or a near copy.
    /// Geometry does not look: there are no pixels any more.
    func match(of pdq: PDQResult, sha256: Digest256, at position: LogPosition) throws -> Match? {
        guard lanes.holds(position), let row = try store.fingerprint(PDQFingerprint.algorithm, at: position),
            let registered = PDQFingerprint(bytes: row.bytes)
        else { return nil }
        if let digest = EvidenceStore.DocumentDigest(.sha256, sha256.bytes),
            try store.hasRegistration(at: position, withDigest: digest)
        {
            return try match(at: position, id: row.id, owner: row.account, isSameBytes: true)
        }
        var best: (distanceBits: Int, orientation: Orientation)?
        for orientation in Orientation.allCases {
            let distanceBits = pdq[orientation].distanceBits(to: registered)
            if distanceBits < best?.distanceBits ?? .max { best = (distanceBits, orientation) }
        }
        guard let best, best.distanceBits <= PDQFingerprint.nearCopyDistanceBits else { return nil }
        return try match(
            at: position,
            id: row.id,
            owner: row.account,
            distanceBits: best.distanceBits,
            orientation: best.orientation
        )
    }
}
