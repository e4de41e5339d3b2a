import Bytes
import Evidence
import EvidenceStore

/// What of a record the indexes hold: the same for registering and for auditing.
extension Record {
    var indexedDigests: [EvidenceStore.DocumentDigest] {
        digests.compactMap { EvidenceStore.DocumentDigest($0.algorithm, $0.value.bytes) }
    }

    /// All digests of a record come in the same way.
    var digestProvenance: DigestProvenance {
        digests.allSatisfy { $0.provenance == .computed } ? .computed : .declared
    }

    var indexedFingerprints: [RecordFingerprint] {
        fingerprints.compactMap { fingerprint in
            Hex.decode(fingerprint.value).map {
                RecordFingerprint(algorithm: fingerprint.algorithm, bytes: $0, quality: UInt8(fingerprint.quality))
            }
        }
    }
}
