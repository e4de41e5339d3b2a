import ArgumentParser
import Bytes
import Evidence

struct LogProofCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "proof",
        abstract: "Show where a registration stands in the log, and the proof of it.",
        discussion: """
            The hashes lead from the entry to the root that the checkpoint signs (RFC 6962, section 2.1.1). An \
            evidence file holds the same as entry.tlog-proof.
            """
    )

    @Argument(help: ArgumentHelp("The id of the registration, 64 hexadecimal digits.", valueName: "id"))
    var id: Identifier

    @OptionGroup(title: "Where") var connection: ConnectionOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        let registration = try await connection.withConnection(output) { try await $0.registration(id.digest) }
        let parts = ["id", "entry", "checkpoint", "proof"].map { ($0, registration[$0] ?? .null) }
        let document = JSONValue.object(Dictionary(uniqueKeysWithValues: parts))
        Console(output).show(document) { report in
            let proof = document["proof"] ?? .null
            let index = proof["index"]?.integerValue ?? 0
            let size = proof["size"]?.integerValue ?? 0
            let hashes = (proof["hashes"]?.arrayValue ?? []).compactMap(\.stringValue)
            report.heading("Inclusion proof", id.digest.hex)
            report.field("position", "\(Wording.count(index)) of \(Wording.count(size)), counted from 0")
            for (number, hash) in hashes.enumerated() { report.field(number == 0 ? "hashes" : "", hash) }
            if hashes.isEmpty { report.field("hashes", "none: the entry alone is the tree") }
            report.blank()
            report.sentence("The entry, 171 bytes without a newline:")
            report.verbatim(document["entry"]?.stringValue ?? "")
            report.sentence("The checkpoint that the proof leads to:")
            report.verbatim(document["checkpoint"]?.stringValue ?? "")
        }
    }
}
