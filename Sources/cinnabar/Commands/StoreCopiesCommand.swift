import ArgumentParser
import Bytes
import Evidence
import Notary

struct StoreCopiesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "copies",
        abstract: "List the copies in a folder.",
        discussion: """
            Reads their manifests only; `cinnabar store verify-copy` checks their files.

            Example:
              cinnabar store copies /backup/cinnabar
            """
    )

    @Argument(help: ArgumentHelp("Folder of the copies.", valueName: "folder")) var copies: String

    @OptionGroup(title: "Output") var output: OutputOptions

    func run() throws {
        let manifests = try Notary.copies(in: copies)
        let rows: [JSONValue] = manifests.map { manifest in
            [
                "generation": .integer(manifest.generation), "madeAt": .string(manifest.madeAt.description),
                "software": .string(manifest.software), "files": .integer(manifest.files.count),
                "bytes": .integer(manifest.byteCount),
                "logs": .array(
                    manifest.logs.map { ["origin": .string($0.origin), "size": .integer($0.size)] }
                ),
            ]
        }
        Console(output).show(["generations": .array(rows)]) { text in
            text.table(
                ["generation", "made at", "size", "entries"],
                rows.map { row in
                    [
                        String(row.count("generation")),
                        Wording.time(row["madeAt"]?.stringValue ?? "", toSeconds: true),
                        Wording.size(row.count("bytes")),
                        (row["logs"]?.arrayValue ?? []).map { Wording.count($0.count("size")) }.joined(separator: ", "),
                    ]
                }
            )
        }
    }
}
