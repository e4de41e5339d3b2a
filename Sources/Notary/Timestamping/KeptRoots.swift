import Bytes
import EvidenceStore
import Foundation
import OpenSSL

/// The roots of every outside authority that this log was ever configured with, as PEM files of the data folder, each
/// named by its fingerprint.
///
/// Tokens are kept for ever and the configuration is not: without its root a token in an evidence file proves nothing.
/// So a root is kept before the first token is asked for.
struct KeptRoots {
    let folder: String

    /// - Throws: ``NotaryError`` with code `.storeFailed`.
    func keep(_ roots: [SigningCertificate]) throws {
        guard !roots.isEmpty else { return }
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            for root in roots where !FileManager.default.fileExists(atPath: path(of: root)) {
                try DurableFile.create(path(of: root), Array(root.pem.utf8), permissions: 0o644)
            }
        } catch {
            throw NotaryError(.storeFailed, "The folder \(folder) cannot be written.", cause: error)
        }
    }

    /// All of them, by fingerprint.
    ///
    /// - Throws: ``NotaryError`` with code `.authorityFailed` when a file in the folder is no certificate,
    ///   `.storeFailed` when there is a folder and it cannot be read.
    func all() throws -> [SigningCertificate] {
        try names().filter { $0.hasSuffix(".pem") }.sorted().flatMap { name in
            guard let pem = FileManager.default.contents(atPath: "\(folder)/\(name)"),
                let roots = try? SigningCertificate.list(pem: String(decoding: pem, as: UTF8.self))
            else { throw NotaryError(.authorityFailed, "\(folder)/\(name) does not read as a PEM certificate.") }
            return roots
        }
    }

    /// None when there is no folder: it is made with the first root.
    private func names() throws -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder)
        } catch CocoaError.fileReadNoSuchFile {
            return []
        } catch {
            throw NotaryError(.storeFailed, "The folder \(folder) cannot be read. Check its owner.", cause: error)
        }
    }

    private func path(of root: SigningCertificate) -> String { "\(folder)/\(root.fingerprint.hex).pem" }
}
