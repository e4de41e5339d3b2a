import Clauses
import Documents
import Evidence
import EvidenceStore
import Fingerprints
import MerkleLog

/// Finds registered documents with nearly the same text, and scans with nearly the same pages.
struct DocumentMatcher {
    /// Documents whose clauses are compared in one search; each takes some milliseconds.
    private static let comparedLimit = 10
    /// Near documents that are looked at: those of equal bytes among them are left out, as they are listed already.
    private static let candidateLimit = 200
    /// A person reads ten.
    private static let listedLimit = 50

    let matcher: Matcher
    let documents: DocumentIndex

    /// - Parameters:
    ///   - digest: Registrations of equal bytes are listed already.
    ///   - comparing: Whether the caller's own documents are compared clause by clause.
    func matches(
        for document: ExaminedDocument,
        without digest: EvidenceStore.DocumentDigest,
        comparing: Bool
    ) throws -> [Match] {
        var found: [Match] = []
        if let fingerprint = document.text, let text = document.document?.text {
            for near in documents.matches(for: fingerprint, limit: Self.candidateLimit)
            where found.count < Self.listedLimit {
                guard let row = try row(TextFingerprint.algorithm, at: near.position, without: digest) else { continue }
                let isCompared = comparing && found.count < Self.comparedLimit && row.account == matcher.caller.account
                let agreement = TextAgreement(
                    similarity: near.similarity,
                    comparison: isCompared ? try comparison(of: text, at: near.position) : nil
                )
                found.append(try matcher.match(at: near.position, id: row.id, owner: row.account, text: agreement))
            }
        }
        return try found + pageMatches(document.pageResults, without: digest)
    }

    /// Pages of registered scans that look like the picture.
    func matches(for picture: PDQResult, without digest: EvidenceStore.DocumentDigest) throws -> [Match] {
        try pageMatches([picture], without: digest)
    }

    private func pageMatches(
        _ pages: [PDQResult],
        without digest: EvidenceStore.DocumentDigest
    ) throws -> [Match] {
        var pairs: [LogPosition: [PagePair]] = [:]
        for (number, page) in pages.enumerated() {
            for near in documents.matches(forPage: page, limit: Self.candidateLimit) {
                let pair = PagePair(found: number, registered: near.page, distanceBits: near.distanceBits)
                pairs[near.position, default: []].append(pair)
            }
        }
        let agreements = pairs.map { position, pairs in
            (position: position, agreement: PageAgreement(pairs, searchedCount: pages.count))
        }
        let best = agreements.sorted {
            ($1.agreement.foundCount, $0.agreement.distanceBits, $0.position)
                < ($0.agreement.foundCount, $1.agreement.distanceBits, $1.position)
        }
        var found: [Match] = []
        for (position, agreement) in best where found.count < Self.listedLimit {
            guard let row = try row(PageFingerprints.algorithm, at: position, without: digest) else { continue }
            found.append(try matcher.match(at: position, id: row.id, owner: row.account, pages: agreement))
        }
        return found
    }

    private func comparison(of text: String, at position: LogPosition) throws -> ClauseComparison? {
        guard let bytes = try matcher.store.derived(ExaminedDocument.textName, at: position) else { return nil }
        return ClauseComparison(registered: String(decoding: bytes, as: UTF8.self), found: text)
    }

    private func row(
        _ algorithm: String,
        at position: LogPosition,
        without digest: EvidenceStore.DocumentDigest
    ) throws -> StoredFingerprint? {
        guard matcher.lanes.holds(position),
            try !matcher.store.hasRegistration(at: position, withDigest: digest)
        else { return nil }
        return try matcher.store.fingerprint(algorithm, at: position)
    }
}
