import ArgumentParser

struct AnchorsPauseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause",
        abstract: "Stop giving checkpoints to an outsider, until it is resumed.",
        discussion: """
            Holds over restarts. Nothing is forgotten: what is under way stays where it is, and what was promised becomes late.

            Example:
              cinnabar anchors pause example-tsa
            """
    )

    @Argument(help: ArgumentHelp("One outsider; all without it.", valueName: "name")) var name: String?

    @OptionGroup(title: "Data folder") var folder: FolderOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        let document = try await folder.withAdministration(output) {
            try await $0.setAnchorPause(of: name, isPaused: true)
        }
        Console(output).show(document) { $0.anchors(document) }
    }
}
