import OpenSSL
import SwiftASN1

/// ArchiveTimeStamp (RFC 4998, 4.1).
struct ArchiveTimestamp: Sendable {
    /// `nil`: the timestamp's own.
    let digestAlgorithm: DigestAlgorithm?
    /// The lists of hash values from the data's to the root's; empty if the data itself was timestamped.
    let reducedHashTree: [[[UInt8]]]
    let timestamp: UnverifiedTimestamp

    private static let digestAlgorithmTag = ASN1Identifier(tagWithNumber: 0, tagClass: .contextSpecific)
    private static let attributesTag = ASN1Identifier(tagWithNumber: 1, tagClass: .contextSpecific)
    private static let reducedHashTreeTag = ASN1Identifier(tagWithNumber: 2, tagClass: .contextSpecific)

    /// - Throws: ``EvidenceRecordError``, ``TimestampError`` or `ASN1Error`.
    init(_ node: ASN1Node) throws {
        (digestAlgorithm, reducedHashTree, timestamp) = try DER.sequence(node, identifier: .sequence) { fields in
            var field = fields.next()
            var algorithm: DigestAlgorithm?
            var tree: [[[UInt8]]] = []
            if let node = field, node.identifier == Self.digestAlgorithmTag {
                algorithm = try AlgorithmIdentifier.digest(node, identifier: Self.digestAlgorithmTag)
                field = fields.next()
            }
            guard field?.identifier != Self.attributesTag else {
                throw EvidenceRecordError(.unsupportedField, "Attributes of an archive timestamp are not supported.")
            }
            if let node = field, node.identifier == Self.reducedHashTreeTag {
                tree = try Self.lists(node)
                field = fields.next()
            }
            guard let node = field else { throw EvidenceRecordError(.malformed, "An archive timestamp has no token.") }
            return (algorithm, tree, try UnverifiedTimestamp(token: Array(node.encodedBytes)))
        }
    }

    private static func lists(_ node: ASN1Node) throws -> [[[UInt8]]] {
        let lists = try DER.sequence(node, identifier: reducedHashTreeTag) { nodes in
            var lists: [[[UInt8]]] = []
            while let list = nodes.next() {
                let values = try DER.sequence(of: ASN1OctetString.self, identifier: .sequence, rootNode: list)
                lists.append(values.map { Array($0.bytes) })
            }
            return lists
        }
        guard !lists.isEmpty, lists.allSatisfy({ !$0.isEmpty }) else {
            throw EvidenceRecordError(.malformed, "A reduced hash tree has no empty lists.")
        }
        return lists
    }

    /// What must have been timestamped if `digest` is the data's (RFC 4998, 4.3).
    ///
    /// - Throws: ``EvidenceRecordError`` with code `.dataMismatch` if the first list has not that digest.
    func rootDigest(of digest: [UInt8], _ algorithm: DigestAlgorithm) throws(EvidenceRecordError) -> [UInt8] {
        guard let leaves = reducedHashTree.first else { return digest }
        guard leaves.contains(digest) else {
            throw EvidenceRecordError(.dataMismatch, "The evidence record is for other data.")
        }
        return reducedHashTree.dropFirst().reduce(Self.join(leaves, algorithm)) { child, siblings in
            Self.join(siblings + [child], algorithm)
        }
    }

    /// The digest of the values in ascending order; one value alone stands for itself (RFC 4998, 4.2).
    private static func join(_ values: [[UInt8]], _ algorithm: DigestAlgorithm) -> [UInt8] {
        guard values.count > 1 else { return values[0] }
        return algorithm.digest(of: Array(values.sorted { $0.lexicographicallyPrecedes($1) }.joined()))
    }
}
