import OpenSSL
import SwiftASN1

/// ArchiveTimeStamp (RFC 4998, 4.1).
struct ArchiveTimestamp: Sendable {
    /// The tree over more leaves than any run has is not this high.
    private static let listLimit = 64
    /// A data group of so many objects, or of so many renewed timestamps beside ours.
    private static let valueLimit = 4096

    /// `nil`: the timestamp's own.
    let digestAlgorithm: DigestAlgorithm?
    /// The lists of hash values from the data's to the root's; empty if the data itself was timestamped.
    let reducedHashTree: [[[UInt8]]]
    let timestamp: UnverifiedTimestamp
    /// The AlgorithmIdentifier in force, byte for byte; `nil` if the token's does not read.
    let algorithmIdentifier: [UInt8]?
    /// The field `timeStamp`, byte for byte: what a renewal of this one covers.
    let token: [UInt8]

    private static let digestAlgorithmTag = ASN1Identifier(tagWithNumber: 0, tagClass: .contextSpecific)
    private static let attributesTag = ASN1Identifier(tagWithNumber: 1, tagClass: .contextSpecific)
    private static let reducedHashTreeTag = ASN1Identifier(tagWithNumber: 2, tagClass: .contextSpecific)

    /// - Throws: ``EvidenceRecordError``, ``TimestampError`` or `ASN1Error`.
    init(_ node: ASN1Node) throws {
        let named: [UInt8]?
        (digestAlgorithm, named, reducedHashTree, token) = try DER.sequence(node, identifier: .sequence) { fields in
            var field = fields.next()
            var algorithm: DigestAlgorithm?
            var named: [UInt8]?
            var tree: [[[UInt8]]] = []
            if let node = field, node.identifier == Self.digestAlgorithmTag {
                algorithm = try AlgorithmIdentifier.digest(node, identifier: Self.digestAlgorithmTag)
                // Tagged implicitly: the tag is all that differs.
                named = [0x30] + node.encodedBytes.dropFirst()
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
            return (algorithm, named, tree, Array(node.encodedBytes))
        }
        timestamp = try UnverifiedTimestamp(token: token)
        algorithmIdentifier = named ?? Self.algorithmIdentifier(ofToken: token)
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
        guard lists.count <= listLimit, lists.allSatisfy({ $0.count <= valueLimit }) else {
            throw EvidenceRecordError(
                .tooLarge,
                "A reduced hash tree has at most \(listLimit) lists of \(valueLimit) values."
            )
        }
        return lists
    }

    /// The algorithm of the token's imprint, which the hash tree must have, too.
    ///
    /// - Throws: ``EvidenceRecordError`` with code `.unsupportedDigest` or `.malformed`.
    func algorithm() throws(EvidenceRecordError) -> DigestAlgorithm {
        guard let algorithm = timestamp.response.token?.imprintAlgorithm else {
            throw EvidenceRecordError(.unsupportedDigest, "The timestamp's digest algorithm is not supported.")
        }
        guard digestAlgorithm ?? algorithm == algorithm else {
            throw EvidenceRecordError(.malformed, "The record and its timestamp name different digest algorithms.")
        }
        return algorithm
    }

    /// Whether `leaf` is in the first list, or is what was timestamped where there is no tree.
    func holds(_ leaf: [UInt8]) -> Bool {
        reducedHashTree.first?.contains(leaf) ?? (timestamp.response.token?.imprint == leaf)
    }

    /// What must have been timestamped if `leaf` is in the tree (RFC 4998, 4.3).
    func rootDigest(of leaf: [UInt8], _ algorithm: DigestAlgorithm) -> [UInt8] {
        guard let leaves = reducedHashTree.first else { return leaf }
        return reducedHashTree.dropFirst().reduce(ArchiveHashTree.join(leaves, algorithm)) { child, siblings in
            ArchiveHashTree.join(siblings + [child], algorithm)
        }
    }
}
