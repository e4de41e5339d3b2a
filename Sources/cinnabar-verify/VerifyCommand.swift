import ArgumentParser
import Evidence
import Foundation
import MerkleLog
import OpenSSL

/// Checks an evidence file offline: no database, no image library, no network.
@main
struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cinnabar-verify",
        abstract: "Checks a Cinnabar evidence file, offline.",
        discussion: """
            Prints a list of checks, each passed, failed, not present or not run, and what remains to be trusted. \
            Exit code 0: nothing failed. 1: a check failed. 2: wrong usage. 3: a file could not be read.

            EXAMPLES
              cinnabar-verify c0ffee.asice --file photo.jpg
              cinnabar-verify c0ffee.asice --file photo.jpg --trust court-copy-of-trust.json --commands
              cinnabar-verify c0ffee.asice --trust trust.json --block bitcoin:358391:000000…
              cinnabar-verify unpacked-folder/ --sha256 9f86d081…
            """,
        version: "cinnabar-verify 0.1.0"
    )

    @Argument(help: "The evidence file (.asice), or a folder into which one was unpacked.")
    var evidence: String

    @Option(help: "The registered file, to be compared with what was registered.")
    var file: String?

    @Option(help: "The file's SHA-256 in lower-case hex, instead of the file itself.")
    var sha256: String?

    @Option(help: "The file's SM3 in lower-case hex, beside --sha256.")
    var sm3: String?

    @Option(help: "The file's size in bytes, beside --sha256.")
    var size: UInt64?

    @Option(
        help:
            "A trust bundle that you got by another way: the log's keys, roots of timestamp authorities, known blocks."
    )
    var trust: String?

    @Option(help: "A log key that you trust, as NAME+ID+BASE64. May be given several times.")
    var logKey: [String] = []

    @Option(help: "A PEM file with roots of timestamp authorities that you trust. May be given several times.")
    var tsaRoot: [String] = []

    @Option(
        help: ArgumentHelp(
            "A block that you know to be in its chain, by a node or an explorer of your own choice.",
            discussion: "CHAIN is bitcoin, or eip155: and the chain's id; HASH is lower-case hex. Repeatable.",
            valueName: "CHAIN:HEIGHT:HASH"
        )
    )
    var block: [String] = []

    @Flag(help: "Print the report as JSON.")
    var json = false

    @Flag(help: "Below each check, print the command that redoes it with stock tools.")
    var commands = false

    func validate() throws {
        guard file == nil || sha256 == nil else { throw ValidationError("Give --file or --sha256, not both.") }
        guard sha256 != nil || (sm3 == nil && size == nil) else {
            throw ValidationError("--sm3 and --size go with --sha256.")
        }
    }

    func run() throws {
        do {
            let facts = try Inputs.facts(file: file, sha256: sha256, sm3: sm3, size: size)
            let verifier = EvidenceVerifier(
                trust: try Inputs.trust(bundle: trust, logKeys: logKey, roots: tsaRoot, blocks: block)
            )
            let report = try report(by: verifier, facts: facts)
            let output = json ? report.json.encoded() : Array(report.text(showsCommands: commands).utf8)
            FileHandle.standardOutput.write(Data(output))
            throw report.isConsistent ? ExitCode(0) : ExitCode(1)
        } catch let problem as InputProblem {
            FileHandle.standardError.write(Data("cinnabar-verify: \(problem.message)\n".utf8))
            throw ExitCode(problem.exitCode)
        }
    }

    private func report(by verifier: EvidenceVerifier, facts: FileFacts?) throws -> VerificationReport {
        var isFolder: ObjCBool = false
        // Safe: the pointer is to a local of this call.
        guard unsafe FileManager.default.fileExists(atPath: evidence, isDirectory: &isFolder) else {
            throw InputProblem(3, "There is no file \(evidence).")
        }
        return isFolder.boolValue
            ? verifier.report(onMembers: try Inputs.members(inFolder: evidence), file: facts)
            : verifier.report(on: try Inputs.bytes(of: evidence, limit: Inputs.evidenceLimitBytes), file: facts)
    }

    /// Usage errors leave with 2, as every Cinnabar program's do.
    static func main() {
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch {
            let code = exitCode(for: error)
            let message = fullMessage(for: error)
            if !message.isEmpty {
                let handle = code.isSuccess ? FileHandle.standardOutput : FileHandle.standardError
                handle.write(Data((message + "\n").utf8))
            }
            Foundation.exit(code == .validationFailure ? 2 : code.rawValue)
        }
    }
}
