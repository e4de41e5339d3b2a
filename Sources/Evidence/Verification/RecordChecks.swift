import Bytes
import MerkleLog

/// Whether record.json reads, and is what the entry in the log commits to.
struct RecordChecks {
    let record: Record?
    let id: LeafHash?
    let checks: [VerificationCheck]

    init(file: EvidenceFile) {
        var checks: [VerificationCheck] = []
        record = Self.read(file, into: &checks)
        id = Self.compareEntry(file, into: &checks)
        self.checks = checks
    }

    private static func read(_ file: EvidenceFile, into checks: inout [VerificationCheck]) -> Record? {
        let title = "record.json is a record of a known format"
        guard let bytes = file[.record] else {
            checks.append(
                VerificationCheck(
                    "record.format",
                    .record,
                    title,
                    .failed,
                    expected: "record.json",
                    found: "it is missing",
                    rule: "Cinnabar record-1"
                )
            )
            return nil
        }
        do {
            let record = try Record(parsing: bytes)
            checks.append(
                VerificationCheck(
                    "record.format",
                    .record,
                    title,
                    .passed,
                    found: Record.format,
                    rule: "Cinnabar record-1",
                    command: "cat record.json"
                )
            )
            return record
        } catch {
            checks.append(
                VerificationCheck(
                    "record.format",
                    .record,
                    title,
                    .failed,
                    expected: Record.format,
                    found: error.message,
                    rule: "Cinnabar record-1",
                    command: "cat record.json"
                )
            )
            return nil
        }
    }

    private static func compareEntry(_ file: EvidenceFile, into checks: inout [VerificationCheck]) -> LeafHash? {
        let expected = file[.record].map { Entry(record: $0) }
        var found: Entry?
        var problem: String?
        do throws(EvidenceError) {
            found = try Entry(bytes: file[.entry] ?? [])
        } catch {
            problem = error.message
        }
        for (algorithm, path) in [("SHA-256", \Entry.sha256), ("SM3", \Entry.sm3)] {
            let matches = found != nil && found?[keyPath: path] == expected?[keyPath: path]
            checks.append(
                VerificationCheck(
                    "record.\(algorithm == "SM3" ? "sm3" : "sha256")",
                    .record,
                    "entry.json commits to record.json by \(algorithm)",
                    matches ? .passed : .failed,
                    expected: found?[keyPath: path].hex ?? problem,
                    found: expected?[keyPath: path].hex,
                    rule: algorithm == "SM3" ? "GB/T 32905-2016" : "FIPS 180-4",
                    command: algorithm == "SM3" ? "openssl dgst -sm3 record.json" : "sha256sum record.json"
                )
            )
        }
        return found?.leafHash
    }
}
