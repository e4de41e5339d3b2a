import ArgumentParser
import Bytes
import Evidence

struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write the evidence files of registrations.",
        discussion: """
            An evidence file holds the record, its place in the log and the timestamps that cover it. It proves the \
            registration without Cinnabar; exported again later, it holds the timestamps that came since.

            Example:
              cinnabar export 3f2a…64 digits… -o proofs
            """
    )

    @Argument(help: ArgumentHelp("The ids of registrations, 64 hexadecimal digits each.", valueName: "id"))
    var ids: [Identifier]

    @Option(name: [.customShort("o"), .long], help: ArgumentHelp("The folder to write into.", valueName: "folder"))
    var outputFolder: String

    @Flag(help: "Put the registered file itself in too, where it was kept.")
    var original = false

    @Flag(help: "Write the OpenTimestamps proof of each registered file beside it too, as <id>.ots.")
    var ots = false

    @OptionGroup(title: "Where") var connection: ConnectionOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        let console = Console(output)
        let progress = Progress("Exporting", .items("evidence files"), console: console)
        let written = try await connection.withConnection(output) { notary in
            let folder = try EvidenceFolder(outputFolder)
            var written: [JSONValue] = []
            for id in ids {
                let file = try await folder.write(id.digest, from: notary, includingOriginal: original)
                let proof = ots ? try folder.writeOpenTimestampsProof(id.digest) : nil
                written.append([
                    "id": .string(id.digest.hex), "path": .string(file.path), "sizeBytes": .integer(file.sizeBytes),
                    "ots": proof.map(JSONValue.string) ?? .null,
                ])
                progress.update(written.count, of: ids.count)
            }
            progress.finish()
            return written
        }
        console.show(["exported": .array(written)]) { report in
            report.heading("Exported", Wording.count(written.count, "evidence file", "evidence files"))
            for file in written {
                let size = Wording.size(file["sizeBytes"]?.integerValue ?? 0)
                report.line("  " + (file["path"]?.stringValue ?? "") + "  " + size)
            }
            if let proof = written.first?["ots"]?.stringValue {
                report.command(
                    "ots verify -f <the registered file> \(proof)",
                    purpose: "checks its OpenTimestamps proof"
                )
            }
            report.blank()
            report.command(
                "cinnabar verify \(written.first?["path"]?.stringValue ?? "") --file <the registered file>",
                purpose: "checks the proof, as a court would"
            )
        }
    }
}
