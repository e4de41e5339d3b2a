import ArgumentParser
import Evidence

struct AnchorsStatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show each outsider: how far it is, what is under way, what it owes.",
        discussion: """
            Ends 1 when an outsider is late.

            Example:
              cinnabar anchors status
            """
    )

    @Argument(help: ArgumentHelp("One outsider; all without it.", valueName: "name")) var name: String?

    @OptionGroup(title: "Data folder") var folder: FolderOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        let document = try await folder.withAdministration(output) { try await $0.anchorStatus(of: name) }
        Console(output).show(document) { $0.anchors(document) }
        let isLate = (document["outsiders"]?.arrayValue ?? []).contains { $0["late"] == true }
        if isLate { throw ExitStatus.doesNotHold }
    }
}
