import Anchoring
import Bytes
import Evidence
import OpenSSL

/// Evidence records of one authority in evidence files that end together.
struct FileGroup {
    private let authority: String
    private let algorithm: DigestAlgorithm
    private let endSeconds: Int64
    private let isDue: Bool
    var count = 0

    init(_ record: VerifiedEvidenceRecord, _ algorithm: DigestAlgorithm, isDue: Bool) {
        authority = record.newest.authority.subject
        self.algorithm = algorithm
        endSeconds = record.endSeconds
        self.isDue = isDue
    }

    var key: String { "\(UTCTime(seconds: endSeconds)) \(authority) \(algorithm.rawValue)" }

    var json: JSONValue {
        [
            "authority": .string(authority), "algorithm": .string(algorithm.rawValue),
            "ends": .string(UTCTime(seconds: endSeconds).description), "tokens": .integer(count), "due": .bool(isDue),
        ]
    }
}
