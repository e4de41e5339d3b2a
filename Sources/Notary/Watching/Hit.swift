import Bytes
import Evidence
import EvidenceStore
import MerkleLog
import OpenSSL

/// A picture of a feed that is a copy of a registered one.
enum Hit {
    enum Cause: String {
        /// The registration was there first.
        case feed
        /// The picture had come by before its original was registered.
        case registration
    }

    static func new(
        _ match: Match,
        reference: String,
        sha256: Digest256,
        seenAt: UTCTime,
        foundAt: UTCTime,
        _ cause: Cause
    ) -> NewHit {
        var place: [UInt8] = []
        place.append(bigEndian: match.position.lane.rawValue)
        place.append(bigEndian: match.position.index.value)
        let json: JSONValue = [
            "foundAt": .string(foundAt.description),
            "foundBy": .string(cause.rawValue),
            "picture": [
                "reference": .string(reference), "sha256": .string(sha256.hex), "seenAt": .string(seenAt.description),
            ],
            "match": match.json,
        ]
        return NewHit(pair: SHA256.digest(of: sha256.bytes + place), bytes: json.encoded(.compact))
    }

    /// As the API shows it.
    static func json(_ number: UInt64, _ bytes: [UInt8]) throws -> JSONValue {
        guard case .object(var members) = try JSONValue(parsing: bytes) else {
            throw NotaryError(.storeFailed, "A hit in the store does not read.")
        }
        members["number"] = .integer(number)
        return .object(members)
    }
}
