import OpenSSL
import SwiftASN1

extension TimestampRequest {
    /// The DER to send.
    ///
    /// - Throws: ``TimestampError`` with code `.malformed` if `policy` is not numbers joined by dots.
    public func der() throws(TimestampError) -> [UInt8] {
        var policyBytes: [UInt8] = []
        if let policy {
            guard let encoded = ObjectIdentifierText.der(policy) else {
                throw TimestampError(.malformed, "The policy \(policy) is not an object identifier.")
            }
            policyBytes = encoded
        }
        var serializer = DER.Serializer()
        do {
            try serializer.appendConstructedNode(identifier: .sequence) { fields in
                try fields.serialize(1)
                try fields.appendConstructedNode(identifier: .sequence) { fields in
                    try AlgorithmIdentifier.serialize(imprint.algorithm, hasParameters: true, into: &fields)
                    try fields.serialize(ASN1OctetString(contentBytes: imprint.digest[...]))
                }
                fields.serializeRawBytes(policyBytes)
                if let nonce { try fields.serialize(IntegerContent(nonce)) }
                // DER leaves out a default.
                if certReq { try fields.serialize(true) }
            }
        } catch {
            throw TimestampError(.malformed, "The timestamp request could not be encoded.")
        }
        return serializer.serializedBytes
    }
}
