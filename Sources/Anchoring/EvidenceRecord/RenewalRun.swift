import OpenSSL

/// Many evidence records renewed by one token: a hash tree over what each of them needs covered, and for each its own
/// path in it.
public struct RenewalRun: Sendable {
    /// A path of 14 digests for each, and some 100 MB while a run is under way. More records make more runs.
    public static let recordLimit = 16_384

    private let renewal: Renewal
    private let records: [UnverifiedEvidenceRecord]
    private let tree: ArchiveHashTree

    /// - Parameter records: One to ``recordLimit`` with the data that each is over, all verified by the caller before;
    ///   for a renewal of timestamps their newest chains have one algorithm.
    /// - Throws: ``EvidenceRecordError`` with code `.malformed` if there are none, too many, or of two algorithms.
    public init(
        _ renewal: Renewal,
        of records: [(record: UnverifiedEvidenceRecord, data: [UInt8])]
    ) throws(EvidenceRecordError) {
        guard let first = records.first, records.count <= Self.recordLimit else {
            throw EvidenceRecordError(.malformed, "One token renews from 1 to \(Self.recordLimit) records.")
        }
        let algorithm =
            switch renewal {
            case .timestamp: try first.record.newestAlgorithm()
            case .hashTree(let algorithm): algorithm
            }
        var leaves: [[UInt8]] = []
        for (record, data) in records {
            if renewal == .timestamp, try record.newestAlgorithm() != algorithm {
                throw EvidenceRecordError(.malformed, "One token renews records of one digest algorithm.")
            }
            leaves.append(try record.leaf(for: renewal, over: data))
        }
        self.renewal = renewal
        self.records = records.map(\.record)
        tree = ArchiveHashTree(leaves: leaves, algorithm: algorithm)
    }

    /// What to have timestamped.
    public var imprint: TimestampImprint {
        guard let imprint = TimestampImprint(algorithm: tree.algorithm, digest: tree.root) else {
            preconditionFailure("The root of a tree is a digest by its algorithm.")
        }
        return imprint
    }

    /// The records with the new timestamp, in the order they were given.
    ///
    /// - Throws: ``EvidenceRecordError`` with code `.renewalMismatch` if `timestamp` is for something else, `.tooLarge`
    ///   if a record has all the timestamps it may have.
    public func records(stampedBy timestamp: VerifiedTimestamp) throws(EvidenceRecordError) -> [[UInt8]] {
        guard timestamp.token.imprint == tree.root, timestamp.token.imprintAlgorithm == tree.algorithm else {
            throw EvidenceRecordError(.renewalMismatch, "The timestamp is for something else than these records.")
        }
        let response: UnverifiedTimestamp
        do { response = try UnverifiedTimestamp(response: timestamp.der) } catch {
            throw UnverifiedEvidenceRecord.wrap(error)
        }
        var renewed: [[UInt8]] = []
        renewed.reserveCapacity(records.count)
        for (index, record) in records.enumerated() {
            let path = tree.reducedHashTree(ofLeafAt: index)
            renewed.append(
                try record.renewed(renewal, by: response, reducedHashTree: path, algorithm: tree.algorithm)
            )
        }
        return renewed
    }
}
