import OpenSSL
import SwiftASN1

/// AlgorithmIdentifier of a digest (RFC 5280, 4.1.1.2).
enum AlgorithmIdentifier {
    /// - Throws: ``TimestampError`` with code `.unsupportedDigest`, or `ASN1Error`.
    static func digest(_ node: ASN1Node, identifier: ASN1Identifier = .sequence) throws -> DigestAlgorithm {
        try DER.sequence(node, identifier: identifier) { fields in
            guard let oid = fields.next(), oid.identifier == .objectIdentifier,
                let text = ObjectIdentifierText.text(der: Array(oid.encodedBytes))
            else { throw TimestampError(.malformed, "A digest algorithm has no object identifier.") }
            // Parameters are absent or NULL (RFC 5754, section 2).
            if let parameters = fields.next() { _ = try ASN1Null(derEncoded: parameters) }
            guard let algorithm = DigestAlgorithm(oid: text) else {
                throw TimestampError(.unsupportedDigest, "Digest algorithm \(text) is not supported.")
            }
            return algorithm
        }
    }

    /// - Parameter hasParameters: Whether to write NULL parameters, as OpenSSL does in requests and every authority
    ///   reads, or none, as RFC 5754 prefers.
    static func serialize(
        _ algorithm: DigestAlgorithm,
        hasParameters: Bool,
        into coder: inout DER.Serializer
    ) throws {
        guard let oid = ObjectIdentifierText.der(algorithm.oid) else {
            preconditionFailure("The identifiers of our own digests are well-formed.")
        }
        try coder.appendConstructedNode(identifier: .sequence) { fields in
            fields.serializeRawBytes(oid)
            if hasParameters { try fields.serialize(ASN1Null()) }
        }
    }
}
