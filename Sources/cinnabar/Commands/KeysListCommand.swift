import ArgumentParser
import Evidence

struct KeysListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the keys of the log, past ones too.",
        discussion: """
            Each signs checkpoints from a size on, until the next one does. All stand in `cinnabar log trust`.

            Example:
              cinnabar keys list
            """
    )

    @OptionGroup(title: "Data folder") var folder: FolderOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        let document = try await folder.withAdministration(output) { try await $0.logKeys() }
        Console(output).show(document) { report in
            let rows = (document["keys"]?.arrayValue ?? []).map { key in
                [
                    key["signs"] == true ? "signs" : "past",
                    Wording.count(key["fromSize"]?.integerValue ?? 0),
                    key["key"]?.stringValue ?? "",
                ]
            }
            report.table(["state", "from size", "key"], rows)
        }
    }
}
