package import EvidenceStore
package import Fingerprints
import Evidence

/// Registrations of pictures that nobody has: for `tools/bench`, which cannot wait for a hundred thousand photos.
extension Notary {
    /// A registration by digests that keeps what a registered picture's would: rows of its fingerprint and its sketch.
    /// The indexes know it when the store is opened again.
    ///
    /// - Parameter pdq: Not in the record: an audit finds its row to be one too many.
    package func sealed(
        _ item: BatchItem,
        pdq: PDQFingerprint,
        sketch: PictureSketch,
        for caller: Caller
    ) throws -> SealedRegistration {
        let record = record(item.request, caller, declared: item.file)
        var unsealed = unsealed(record, caller: caller, idempotency: nil)
        unsealed.fingerprints = [
            RecordFingerprint(
                algorithm: PDQFingerprint.algorithm,
                bytes: pdq.bytes,
                quality: 100
            )
        ]
        unsealed.derived = [DerivedData(name: LocalFeatures.algorithm, bytes: sketch.bytes)]
        return try store.sealing(unsealed)
    }
}
