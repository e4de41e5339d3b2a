import Bytes
import EvidenceStore
import MerkleLog
import OpenSSL

extension Notary {
    /// Registered documents with nearly the same text, and scans with nearly the same pages, without registrations of
    /// equal bytes.
    ///
    /// - Parameter comparing: Whether the caller's own documents are compared clause by clause.
    func documentMatches(
        for file: ExaminedFile?,
        sha256: Digest256,
        comparing: Bool,
        for caller: Caller
    ) throws -> [Match] {
        guard let digest = EvidenceStore.DocumentDigest(.sha256, sha256.bytes) else { return [] }
        let matcher = DocumentMatcher(matcher: matcher(for: caller), documents: documents)
        if let document = file?.document {
            return try matcher.matches(for: document, without: digest, comparing: comparing)
        }
        return try file?.pdq.map { try matcher.matches(for: $0, without: digest) } ?? []
    }

    /// Has a document that was just registered found by searches.
    func index(_ document: ExaminedDocument?, at registration: Registration) {
        guard let document, !registration.isReplay else { return }
        documents.insert(text: document.text, pages: document.pages, at: registration.position)
    }
}
