public import OpenSSL

extension UnverifiedEvidenceRecord {
    /// Checks that the data, by way of the hash tree if there is one, is what a trusted authority timestamped; that each
    /// renewal covers what was before it; and that each timestamp still held when it was renewed (RFC 4998, 5.3).
    ///
    /// - Parameters:
    ///   - untrusted: Certificates that may be needed for the chains and are not in the timestamps.
    ///   - seconds: The newest timestamp's chain is judged as of this time, since 1970; as of its genTime if `nil`.
    /// - Throws: ``EvidenceRecordError`` with code `.dataMismatch`, `.hashTreeMismatch`, `.renewalMismatch`,
    ///   `.renewalTooLate`, `.unsupportedDigest`, `.malformed` or `.timestampInvalid`.
    public func verified(
        over data: [UInt8],
        trust: TimestampTrust,
        untrusted: [SigningCertificate] = [],
        atSeconds seconds: Int64? = nil
    ) throws(EvidenceRecordError) -> VerifiedEvidenceRecord {
        let times = chains.flatMap { $0 }.map { $0.timestamp.response.token?.genTimeSeconds ?? 0 }
        guard zip(times, times.dropFirst()).allSatisfy({ $0 <= $1 }) else {
            throw EvidenceRecordError(.renewalMismatch, "The timestamps of the record are not in the order of time.")
        }
        var verified: [[VerifiedTimestamp]] = []
        var number = 0
        for (position, chain) in chains.enumerated() {
            let algorithm = try algorithm(ofChainAt: position)
            var leaf = leaf(ofChainAt: position, algorithm, over: data)
            var timestamps: [VerifiedTimestamp] = []
            for archived in chain {
                number += 1
                let imprint = try Self.imprint(of: leaf, in: archived, algorithm, isFirst: number == 1)
                do {
                    timestamps.append(
                        try archived.timestamp.verified(
                            imprint: imprint,
                            trust: trust,
                            untrusted: untrusted,
                            atSeconds: number < times.count ? times[number] : seconds
                        )
                    )
                } catch {
                    throw Self.failure(error, ofTimestamp: number, isRenewed: number < times.count)
                }
                leaf = algorithm.digest(of: archived.token)
            }
            verified.append(timestamps)
        }
        return VerifiedEvidenceRecord(chains: verified)
    }

    /// The one algorithm of a chain: another one begins a new chain (RFC 4998, 5.1).
    func algorithm(ofChainAt position: Int) throws(EvidenceRecordError) -> DigestAlgorithm {
        let algorithm = try chains[position][0].algorithm()
        for archived in chains[position].dropFirst() {
            guard try archived.algorithm() == algorithm else {
                throw EvidenceRecordError(.malformed, "A chain of archive timestamps has two digest algorithms.")
            }
        }
        guard digestAlgorithms.contains(algorithm) else {
            throw EvidenceRecordError(.malformed, "The record and its timestamp name different digest algorithms.")
        }
        return algorithm
    }

    /// What the first archive timestamp of a chain covers: the data's digest, and in later chains with it the digest of
    /// all chains before (RFC 4998, 5.2, with its erratum: the digests are joined in this order, not sorted).
    func leaf(ofChainAt position: Int, _ algorithm: DigestAlgorithm, over data: [UInt8]) -> [UInt8] {
        let digest = algorithm.digest(of: data)
        guard position > 0 else { return digest }
        let before = EvidenceRecord.sequence(ofChains: Array(chainsDER[..<position]))
        return algorithm.digest(of: digest + algorithm.digest(of: before))
    }

    private static func imprint(
        of leaf: [UInt8],
        in archived: ArchiveTimestamp,
        _ algorithm: DigestAlgorithm,
        isFirst: Bool
    ) throws(EvidenceRecordError) -> TimestampImprint {
        guard archived.holds(leaf) else {
            throw isFirst
                ? EvidenceRecordError(.dataMismatch, "The evidence record is for other data.")
                : EvidenceRecordError(.renewalMismatch, "A renewal does not cover the timestamps before it.")
        }
        let root = archived.rootDigest(of: leaf, algorithm)
        guard root == archived.timestamp.response.token?.imprint,
            let imprint = TimestampImprint(algorithm: algorithm, digest: root)
        else {
            throw EvidenceRecordError(.hashTreeMismatch, "The hash tree does not lead to what was timestamped.")
        }
        return imprint
    }

    private static func failure(
        _ error: TimestampError,
        ofTimestamp number: Int,
        isRenewed: Bool
    ) -> EvidenceRecordError {
        guard isRenewed, error.code == .certificateOutsideValidity else { return wrap(error) }
        return EvidenceRecordError(
            .renewalTooLate,
            "Timestamp \(number) of the record was renewed when its certificate was no longer valid.",
            cause: error
        )
    }
}
