import OpenSSL
import SwiftASN1

/// An evidence record from outside: chains of archive timestamps, each with an optional reduced hash tree.
public struct UnverifiedEvidenceRecord: Sendable {
    /// Some 10 kB for each of its timestamps.
    public static let byteLimit = 1024 * 1024
    /// A renewal a year for a century. The work of checking grows with it.
    public static let timestampLimit = 100

    /// As received.
    public let der: [UInt8]
    let digestAlgorithms: [DigestAlgorithm]
    /// Oldest first; none is empty.
    let chains: [[ArchiveTimestamp]]
    /// Each chain as it stands in the record: what a renewal of the hash tree covers.
    let chainsDER: [[UInt8]]

    /// How many archive timestamps it has.
    public var timestampCount: Int { chains.reduce(0) { $0 + $1.count } }

    /// - Throws: ``EvidenceRecordError`` with code `.malformed`, `.trailingBytes`, `.tooLarge`, `.unsupportedDigest`,
    ///   `.unsupportedField` or `.timestampInvalid`.
    public init(_ der: [UInt8]) throws(EvidenceRecordError) {
        guard der.count <= Self.byteLimit else {
            throw EvidenceRecordError(.tooLarge, "An evidence record is at most \(Self.byteLimit) bytes.")
        }
        let root: ASN1Node
        do {
            root = try StrictDER.parse(der)
        } catch {
            switch error {
            case .malformed: throw EvidenceRecordError(.malformed, "The evidence record is not well-formed DER.")
            case .trailingBytes:
                throw EvidenceRecordError(.trailingBytes, "There are bytes after the end of the evidence record.")
            }
        }
        self.der = der
        do {
            let nodes = try DER.sequence(root, identifier: .sequence) { try Self.parse(&$0) }
            digestAlgorithms = nodes.algorithms
            chains = try nodes.chains.map { try $0.timestamps.map { try ArchiveTimestamp($0) } }
            chainsDER = nodes.chains.map(\.der)
        } catch let error as EvidenceRecordError {
            throw error
        } catch let error as TimestampError {
            throw Self.wrap(error)
        } catch {
            throw EvidenceRecordError(.malformed, "The evidence record has not the structure of RFC 4998.")
        }
    }

    private typealias Nodes = (
        algorithms: [DigestAlgorithm], chains: [(timestamps: [ASN1Node], der: [UInt8])]
    )

    private static func parse(_ fields: inout ASN1NodeCollection.Iterator) throws -> Nodes {
        guard try Int(derEncoded: &fields) == 1, let algorithmsNode = fields.next(), let node = fields.next() else {
            throw EvidenceRecordError(.malformed, "The evidence record has another version than 1, or is incomplete.")
        }
        guard node.identifier == .sequence else {
            throw EvidenceRecordError(
                .unsupportedField,
                "Evidence records over encrypted data, or with cryptoInfos, are not supported."
            )
        }
        let algorithms = try nodes(algorithmsNode).map { try AlgorithmIdentifier.digest($0) }
        let chains = try nodes(node).map { (timestamps: try nodes($0), der: Array($0.encodedBytes)) }
        guard !chains.isEmpty, chains.allSatisfy({ !$0.timestamps.isEmpty }) else {
            throw EvidenceRecordError(.malformed, "The evidence record has a chain without an archive timestamp.")
        }
        guard chains.reduce(0, { $0 + $1.timestamps.count }) <= timestampLimit else {
            throw EvidenceRecordError(.tooLarge, "An evidence record has at most \(timestampLimit) timestamps.")
        }
        return (algorithms, chains)
    }

    static func nodes(_ sequence: ASN1Node) throws -> [ASN1Node] {
        try DER.sequence(sequence, identifier: .sequence) { iterator in
            var nodes: [ASN1Node] = []
            while let node = iterator.next() { nodes.append(node) }
            return nodes
        }
    }

    static func wrap(_ error: TimestampError) -> EvidenceRecordError {
        switch error.code {
        case .unsupportedDigest: EvidenceRecordError(.unsupportedDigest, error.message)
        case .malformed: EvidenceRecordError(.malformed, error.message)
        default: EvidenceRecordError(.timestampInvalid, error.message, cause: error)
        }
    }
}
