import Evidence
import Fingerprints

/// What is kept of a picture that came by: enough to find it again when its original is registered later.
struct FeedPicture: Sendable {
    /// What the caller calls it.
    let reference: String
    let pdq: PDQResult?

    init(reference: String, pdq: PDQResult?) {
        self.reference = reference
        self.pdq = pdq
    }

    init(_ bytes: [UInt8]) throws {
        let json = try JSONValue(parsing: bytes)
        guard let reference = json["reference"]?.stringValue else {
            throw NotaryError(.storeFailed, "A picture of a feed in the store does not read.")
        }
        self.reference = reference
        let fingerprints = json["pdq"]?.arrayValue?.compactMap { $0.stringValue.flatMap { PDQFingerprint(hex: $0) } }
        if let fingerprints, let quality = json["quality"]?.integerValue,
            fingerprints.count == Orientation.allCases.count
        {
            pdq = PDQResult(quality: Int(quality), orientations: fingerprints)
        } else {
            pdq = nil
        }
    }

    var bytes: [UInt8] {
        JSONValue.object([
            "reference": .string(reference),
            "quality": pdq.map { .integer($0.quality) } ?? .null,
            "pdq": pdq.map { .array($0.orientations.map { .string($0.hex) }) } ?? .null,
        ]).encoded(.compact)
    }
}
