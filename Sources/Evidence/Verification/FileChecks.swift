import Bytes
import OpenSSL

/// Whether the file at hand is the registered one.
struct FileChecks {
    let record: Record?
    /// Of the file that was given, or of the one in the evidence file where none was.
    private let facts: FileFacts?
    private let documents: [(path: MemberPath, bytes: [UInt8])]

    init(record: Record?, facts: FileFacts?, documents: [(path: MemberPath, bytes: [UInt8])]) {
        self.record = record
        self.facts = facts ?? documents.first.map { FileFacts(of: $0.bytes) }
        self.documents = documents
    }

    var checks: [VerificationCheck] {
        [digest(.sha256, command: "sha256sum FILE"), digest(.sm3, command: "openssl dgst -sm3 FILE"), size]
            + documents.map { check(document: $0.path, $0.bytes) }
    }

    /// Whatever else was given: a document that travels with the evidence must be the registered one.
    private func check(document: MemberPath, _ bytes: [UInt8]) -> VerificationCheck {
        let found = SHA256.digest(of: bytes)
        let expected = record?.digest(.sha256)?.value
        return VerificationCheck(
            "file.document",
            .file,
            "\(document.path) in the evidence file is the registered file",
            found == expected ? .passed : .failed,
            expected: expected?.hex,
            found: found.hex,
            rule: "FIPS 180-4",
            command: "sha256sum \(document.path)"
        )
    }

    private func digest(_ algorithm: DigestAlgorithm, command: String) -> VerificationCheck {
        let registered = record?.digest(algorithm)
        let name = algorithm == .sha256 ? "SHA-256" : "SM3"
        let found = facts?.digest(algorithm)
        let status: VerificationCheck.Status =
            if record == nil { .notRun } else if let registered {
                found.map { $0 == registered.value ? .passed : .failed } ?? .notRun
            } else {
                .notPresent
            }
        return VerificationCheck(
            "file.\(algorithm.rawValue)",
            .file,
            "The file's \(name) digest is the registered one",
            status,
            expected: registered.map { "\($0.value.hex) (\($0.provenance.rawValue))" },
            found: found?.hex ?? (registered == nil ? nil : "no file was given"),
            rule: algorithm == .sha256 ? "FIPS 180-4" : "GB/T 32905-2016",
            command: command
        )
    }

    private var size: VerificationCheck {
        let status: VerificationCheck.Status =
            if let expected = record?.file.sizeBytes {
                facts?.sizeBytes.map { $0 == expected ? .passed : .failed } ?? .notRun
            } else {
                record == nil ? .notRun : .notPresent
            }
        return VerificationCheck(
            "file.size",
            .file,
            "The file's size is the registered one",
            status,
            expected: record?.file.sizeBytes.map { "\($0) bytes" },
            found: facts?.sizeBytes.map { "\($0) bytes" } ?? "no file was given",
            rule: "Cinnabar record-1",
            command: "wc -c FILE"
        )
    }
}
