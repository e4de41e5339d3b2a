import OpenSSL
import SwiftASN1

/// Long-term evidence of time (RFC 4998) in its smallest form: one archive timestamp, no hash tree.
public enum EvidenceRecord {
    /// The record, in DER, over the data that `timestamp` is for.
    ///
    /// - Throws: ``EvidenceRecordError`` with code `.malformed` if the response holds no token, `.unsupportedDigest` if
    ///   its imprint's algorithm is unknown.
    public static func encode(timestamp: UnverifiedTimestamp) throws(EvidenceRecordError) -> [UInt8] {
        guard let token = timestamp.tokenDER else {
            throw EvidenceRecordError(.malformed, "The response holds no timestamp.")
        }
        guard let algorithm = timestamp.response.token?.imprintAlgorithm else {
            throw EvidenceRecordError(.unsupportedDigest, "The timestamp's digest algorithm is not supported.")
        }
        var serializer = DER.Serializer()
        do {
            try serializer.appendConstructedNode(identifier: .sequence) { record in
                try record.serialize(1)
                try record.appendConstructedNode(identifier: .sequence) { algorithms in
                    try AlgorithmIdentifier.serialize(algorithm, hasParameters: false, into: &algorithms)
                }
                record.appendConstructedNode(identifier: .sequence) { sequence in
                    sequence.appendConstructedNode(identifier: .sequence) { chain in
                        chain.appendConstructedNode(identifier: .sequence) { $0.serializeRawBytes(token) }
                    }
                }
            }
        } catch {
            throw EvidenceRecordError(.malformed, "The evidence record could not be encoded.")
        }
        return serializer.serializedBytes
    }
}
