import EvidenceStore
import Fingerprints
import MediaDecoding

/// What was found out about a file's content: its kind, and for pictures what the decoder saw.
struct ExaminedFile: Sendable {
    let mediaType: String
    let decoded: DecodedPicture?
    let pdq: PDQResult?
    /// Of files that hold text, or should.
    var document: ExaminedDocument?

    /// What of it is kept beside the record.
    var derived: [DerivedData] {
        let sketch = decoded?.sketch.map { [DerivedData(name: LocalFeatures.algorithm, bytes: $0.bytes)] }
        return sketch ?? document?.derived ?? []
    }
}
