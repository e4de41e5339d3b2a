import OpenSSL
import SwiftASN1

/// Long-term evidence of time (RFC 4998): making records, and making them longer.
public enum EvidenceRecord {
    /// The record in its smallest form, in DER, over the data that `timestamp` is for: one archive timestamp, no hash
    /// tree.
    ///
    /// - Throws: ``EvidenceRecordError`` with code `.malformed` if the response holds no token, `.unsupportedDigest` if
    ///   its imprint's algorithm is unknown.
    public static func encode(timestamp: UnverifiedTimestamp) throws(EvidenceRecordError) -> [UInt8] {
        let archived = try archiveTimestamp(timestamp, reducedHashTree: [], algorithmIdentifier: nil)
        guard let algorithm = timestamp.response.token?.imprintAlgorithm else {
            throw EvidenceRecordError(.unsupportedDigest, "The timestamp's digest algorithm is not supported.")
        }
        return encode([algorithm], chains: [sequence(of: [archived])])
    }

    /// An ArchiveTimeStamp.
    ///
    /// - Parameter algorithmIdentifier: Of the chain, in DER. Named where there is a hash tree, or the token writes its
    ///   own in other bytes.
    /// - Throws: ``EvidenceRecordError`` with code `.malformed` if the response holds no token.
    static func archiveTimestamp(
        _ timestamp: UnverifiedTimestamp,
        reducedHashTree: [[[UInt8]]],
        algorithmIdentifier: [UInt8]?
    ) throws(EvidenceRecordError) -> [UInt8] {
        guard let token = timestamp.tokenDER else {
            throw EvidenceRecordError(.malformed, "The response holds no timestamp.")
        }
        var serializer = DER.Serializer()
        serializer.appendConstructedNode(identifier: .sequence) { fields in
            if let algorithmIdentifier,
                !reducedHashTree.isEmpty || ArchiveTimestamp.algorithmIdentifier(ofToken: token) != algorithmIdentifier
            {
                // Tagged [0] implicitly: the tag is all that differs.
                fields.serializeRawBytes([0xA0] + algorithmIdentifier.dropFirst())
            }
            if !reducedHashTree.isEmpty { fields.serializeRawBytes(encode(reducedHashTree)) }
            fields.serializeRawBytes(token)
        }
        return serializer.serializedBytes
    }

    /// An EvidenceRecord.
    static func encode(_ algorithms: [DigestAlgorithm], chains: [[UInt8]]) -> [UInt8] {
        let names = sequence(of: algorithms.map { sequence(of: [oid(of: $0)]) })
        let version: [UInt8] = [0x02, 0x01, 0x01]
        return sequence(of: [version, names, sequence(ofChains: chains)])
    }

    /// An ArchiveTimeStampSequence.
    static func sequence(ofChains chains: [[UInt8]]) -> [UInt8] { sequence(of: chains) }

    /// A SEQUENCE of what is DER already.
    static func sequence(of elements: [[UInt8]]) -> [UInt8] {
        constructed(.sequence, elements)
    }

    private static func constructed(_ identifier: ASN1Identifier, _ elements: [[UInt8]]) -> [UInt8] {
        var serializer = DER.Serializer()
        serializer.appendConstructedNode(identifier: identifier) { fields in
            for element in elements { fields.serializeRawBytes(element) }
        }
        return serializer.serializedBytes
    }

    private static func oid(of algorithm: DigestAlgorithm) -> [UInt8] {
        guard let oid = ObjectIdentifierText.der(algorithm.oid) else {
            preconditionFailure("The identifiers of our own digests are well-formed.")
        }
        return oid
    }

    /// The field `reducedHashtree`.
    private static func encode(_ lists: [[[UInt8]]]) -> [UInt8] {
        constructed(
            ASN1Identifier(tagWithNumber: 2, tagClass: .contextSpecific),
            lists.map { values in sequence(of: values.map(octetString)) }
        )
    }

    private static func octetString(_ bytes: [UInt8]) -> [UInt8] {
        var serializer = DER.Serializer()
        serializer.appendPrimitiveNode(identifier: .octetString) { $0.append(contentsOf: bytes) }
        return serializer.serializedBytes
    }
}
