import Bytes
import Evidence
import Foundation
import Subprocess
import SystemPackage

/// One run of `cinnabar-verify`: the same program, and so the same judgement, as the court's.
struct VerifierProcess {
    /// Reports of hundreds of checks stay far below this.
    private static let outputLimitBytes = 4 << 20
    /// Checking a large evidence file takes well under a second.
    private static let secondsLimit = 30

    static var besideThisProgram: String {
        let program = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return (program as NSString).deletingLastPathComponent + "/cinnabar-verify"
    }

    let executable: String
    /// Made for this run, and removed after it.
    let folder: String

    func report(on evidence: [UInt8], facts: DeclaredFile?, trust: TrustBundle) async throws -> JSONValue {
        let files = FileManager.default
        try files.createDirectory(
            atPath: folder,
            withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700]
        )
        // A folder left over holds nothing secret, and is swept at the next start.
        defer { try? files.removeItem(atPath: folder) }
        try Data(evidence).write(to: URL(filePath: "\(folder)/evidence.asice"))
        try Data(trust.json.encoded()).write(to: URL(filePath: "\(folder)/trust.json"))
        var arguments = ["\(folder)/evidence.asice", "--json", "--trust", "\(folder)/trust.json"]
        if let facts {
            arguments += ["--sha256", facts.sha256.hex]
            if let sm3 = facts.sm3 { arguments += ["--sm3", sm3.hex] }
            if let size = facts.sizeBytes { arguments += ["--size", String(size)] }
        }
        let output = try await output(of: arguments)
        do {
            return try JSONValue(parsing: output)
        } catch {
            throw NotaryError(
                .verifierFailed,
                "The verifier gave no report. The evidence was not judged.",
                cause: error
            )
        }
    }

    private func output(of arguments: [String]) async throws -> [UInt8] {
        let executable = executable
        let output = try await withThrowingTaskGroup(of: [UInt8]?.self) { group in
            group.addTask {
                do {
                    return try await Subprocess.run(
                        .path(FilePath(executable)),
                        arguments: Arguments(arguments),
                        environment: .custom([:]),
                        output: .bytes(limit: Self.outputLimitBytes),
                        error: .discarded
                    ).standardOutput
                } catch let error as SubprocessError {
                    throw NotaryError(
                        .verifierFailed,
                        error.code == .outputLimitExceeded
                            ? "The verifier printed more than \(Self.outputLimitBytes) bytes. The evidence was not judged."
                            : "The verifier could not be run. The evidence was not judged.",
                        cause: error
                    )
                }
            }
            group.addTask {
                try await Task.sleep(for: .seconds(Self.secondsLimit))
                return nil
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
        guard let output else {
            throw NotaryError(
                .verifierFailed,
                "The verifier took longer than \(Self.secondsLimit) seconds and was ended."
            )
        }
        return output
    }
}
