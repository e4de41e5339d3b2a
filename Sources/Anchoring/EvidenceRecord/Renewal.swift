public import OpenSSL
import SwiftASN1

/// How an evidence record is made to last.
public enum Renewal: Sendable, Equatable {
    /// Its newest timestamp is timestamped, before that one's certificate ends (RFC 4998, 5.2).
    case timestamp
    /// The data and all timestamps so far are digested anew by another algorithm, before the old one is broken. It needs
    /// the data.
    case hashTree(DigestAlgorithm)
}

extension UnverifiedEvidenceRecord {
    /// The algorithm of its newest chain.
    ///
    /// - Throws: ``EvidenceRecordError`` with code `.malformed` or `.unsupportedDigest`.
    public func newestAlgorithm() throws(EvidenceRecordError) -> DigestAlgorithm {
        try algorithm(ofChainAt: chains.count - 1)
    }

    /// The newest timestamp as it claims to be: to sort by, before anything is verified.
    public var newestTimestamp: UnverifiedTimestamp {
        chains[chains.count - 1][chains[chains.count - 1].count - 1].timestamp
    }

    /// Whether `longer` is this record with further timestamps, or the same. Then it proves all that this one does.
    public func isBeginning(of longer: Self) -> Bool {
        guard chains.count <= longer.chains.count else { return false }
        let last = chains.count - 1
        guard chainsDER[..<last].elementsEqual(longer.chainsDER[..<last]) else { return false }
        let (own, theirs) = (chains[last], longer.chains[last])
        return own.count <= theirs.count
            && zip(own, theirs).allSatisfy { $0.token == $1.token && $0.reducedHashTree == $1.reducedHashTree }
    }

    /// What the next timestamp must cover, alone or as a leaf of a hash tree.
    func leaf(for renewal: Renewal, over data: [UInt8]) throws(EvidenceRecordError) -> [UInt8] {
        switch renewal {
        case .timestamp:
            let newest = chains[chains.count - 1][chains[chains.count - 1].count - 1]
            return try newestAlgorithm().digest(of: newest.token)
        case .hashTree(let algorithm): return leaf(ofChainAt: chains.count, algorithm, over: data)
        }
    }

    /// This record with one more archive timestamp.
    func renewed(
        _ renewal: Renewal,
        by timestamp: UnverifiedTimestamp,
        reducedHashTree: [[[UInt8]]],
        algorithm: DigestAlgorithm
    ) throws(EvidenceRecordError) -> [UInt8] {
        guard timestampCount < Self.timestampLimit else {
            throw EvidenceRecordError(.tooLarge, "An evidence record has at most \(Self.timestampLimit) timestamps.")
        }
        let identifier =
            switch renewal {
            case .timestamp: chains[chains.count - 1][0].algorithmIdentifier
            case .hashTree: timestamp.tokenDER.flatMap(ArchiveTimestamp.algorithmIdentifier)
            }
        let archived = try EvidenceRecord.archiveTimestamp(
            timestamp,
            reducedHashTree: reducedHashTree,
            algorithmIdentifier: identifier
        )
        var chains = chainsDER
        switch renewal {
        case .timestamp: chains[chains.count - 1] = try Self.appending(archived, to: chains[chains.count - 1])
        case .hashTree: chains.append(EvidenceRecord.sequence(of: [archived]))
        }
        let algorithms = digestAlgorithms.contains(algorithm) ? digestAlgorithms : digestAlgorithms + [algorithm]
        return EvidenceRecord.encode(algorithms, chains: chains)
    }
}

extension UnverifiedEvidenceRecord {
    private static func appending(_ archived: [UInt8], to chain: [UInt8]) throws(EvidenceRecordError) -> [UInt8] {
        do {
            return EvidenceRecord.sequence(
                of: try nodes(StrictDER.parse(chain)).map { Array($0.encodedBytes) } + [archived]
            )
        } catch {
            throw EvidenceRecordError(.malformed, "The record's newest chain does not read.")
        }
    }
}
