import Bytes
public import Evidence
import Foundation

extension Notary {
    /// An evidence file and a few hundred anchors; with the original inside, as large as an upload.
    static let evidenceLimitBytes = 300 << 20

    /// Judges an evidence file as `cinnabar-verify` does, because that is what runs: in a process of its own, without
    /// keys, database or network, with this log's own trust bundle.
    ///
    /// - Parameters:
    ///   - file: The registered file, if it was sent; otherwise its declared digests, if they were.
    /// - Returns: The report of `cinnabar-verify --json`.
    /// - Throws: ``NotaryError`` with `.verifierFailed` or `.evidenceTooLarge`.
    public func verification(
        of evidence: [UInt8],
        file: Upload? = nil,
        declared: DeclaredFile? = nil
    ) async throws -> JSONValue {
        guard evidence.count <= Self.evidenceLimitBytes else {
            throw NotaryError(.evidenceTooLarge, "An evidence file has at most \(Self.evidenceLimitBytes) bytes.")
        }
        var facts = declared
        if let file = try file?.finish() {
            facts = DeclaredFile(sha256: file.sha256, sm3: file.sm3, sizeBytes: file.sizeBytes)
        }
        counters.verifications.increment()
        let verifier = VerifierProcess(
            executable: verifierPath,
            folder: "\(configuration.temporaryFolder)/verify-\(UUID().uuidString)"
        )
        return try await verifier.report(on: evidence, facts: facts, trust: trustBundle)
    }
}
