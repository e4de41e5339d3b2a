public import OpenSSL
import SwiftASN1

/// An evidence record from outside, with one archive timestamp and an optional reduced hash tree.
public struct UnverifiedEvidenceRecord: Sendable {
    /// A hash tree over millions of objects adds a kilobyte to the timestamp.
    public static let byteLimit = 256 * 1024

    private let digestAlgorithms: [DigestAlgorithm]
    private let archiveTimestamp: ArchiveTimestamp

    /// - Throws: ``EvidenceRecordError`` with any code but `.dataMismatch` and `.hashTreeMismatch`.
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
        do {
            (digestAlgorithms, archiveTimestamp) = try DER.sequence(root, identifier: .sequence) { fields in
                try Self.parse(&fields)
            }
        } catch let error as EvidenceRecordError {
            throw error
        } catch let error as TimestampError {
            throw Self.wrap(error)
        } catch {
            throw EvidenceRecordError(.malformed, "The evidence record has not the structure of RFC 4998.")
        }
    }

    private static func parse(
        _ fields: inout ASN1NodeCollection.Iterator
    ) throws -> ([DigestAlgorithm], ArchiveTimestamp) {
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
        let chains = try nodes(node).map(nodes)
        guard let only = chains.first?.first else {
            throw EvidenceRecordError(.malformed, "The evidence record has no archive timestamp.")
        }
        guard chains.count == 1, chains[0].count == 1 else {
            throw EvidenceRecordError(.unsupportedRenewal, "Renewed evidence records are not supported yet.")
        }
        return (algorithms, try ArchiveTimestamp(only))
    }

    private static func nodes(_ sequence: ASN1Node) throws -> [ASN1Node] {
        try DER.sequence(sequence, identifier: .sequence) { iterator in
            var nodes: [ASN1Node] = []
            while let node = iterator.next() { nodes.append(node) }
            return nodes
        }
    }

    /// Checks that the data, by way of the hash tree if there is one, is what a trusted authority timestamped.
    ///
    /// - Parameters:
    ///   - untrusted: Certificates that may be needed for the chain and are not in the timestamp.
    ///   - seconds: The chain is judged as of this time, since 1970; as of genTime if `nil`.
    /// - Throws: ``EvidenceRecordError`` with code `.dataMismatch`, `.hashTreeMismatch`, `.unsupportedDigest`,
    ///   `.malformed` or `.timestampInvalid`.
    public func verified(
        over data: [UInt8],
        trust: TimestampTrust,
        untrusted: [SigningCertificate] = [],
        atSeconds seconds: Int64? = nil
    ) throws(EvidenceRecordError) -> VerifiedEvidenceRecord {
        let token = archiveTimestamp.timestamp.response.token
        guard let algorithm = token?.imprintAlgorithm else {
            throw EvidenceRecordError(.unsupportedDigest, "The timestamp's digest algorithm is not supported.")
        }
        guard digestAlgorithms.contains(algorithm), archiveTimestamp.digestAlgorithm ?? algorithm == algorithm else {
            throw EvidenceRecordError(.malformed, "The record and its timestamp name different digest algorithms.")
        }
        let root = try archiveTimestamp.rootDigest(of: algorithm.digest(of: data), algorithm)
        guard root == token?.imprint, let imprint = TimestampImprint(algorithm: algorithm, digest: root) else {
            throw archiveTimestamp.reducedHashTree.isEmpty
                ? EvidenceRecordError(.dataMismatch, "The evidence record is for other data.")
                : EvidenceRecordError(.hashTreeMismatch, "The hash tree does not lead to what was timestamped.")
        }
        do {
            let timestamp = try archiveTimestamp.timestamp.verified(
                imprint: imprint,
                trust: trust,
                untrusted: untrusted,
                atSeconds: seconds
            )
            return VerifiedEvidenceRecord(timestamp: timestamp)
        } catch {
            throw Self.wrap(error)
        }
    }

    private static func wrap(_ error: TimestampError) -> EvidenceRecordError {
        switch error.code {
        case .unsupportedDigest: EvidenceRecordError(.unsupportedDigest, error.message)
        case .malformed: EvidenceRecordError(.malformed, error.message)
        default: EvidenceRecordError(.timestampInvalid, error.message, cause: error)
        }
    }
}
