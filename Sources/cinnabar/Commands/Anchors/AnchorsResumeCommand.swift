import ArgumentParser

struct AnchorsResumeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume",
        abstract: "Take up a paused outsider again.",
        discussion: """
            It goes on where it was, with the bytes that were prepared.

            Example:
              cinnabar anchors resume example-tsa
            """
    )

    @Argument(help: ArgumentHelp("One outsider; all without it.", valueName: "name")) var name: String?

    @OptionGroup(title: "Data folder") var folder: FolderOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        let document = try await folder.withAdministration(output) {
            try await $0.setAnchorPause(of: name, isPaused: false)
        }
        Console(output).show(document) { $0.anchors(document) }
    }
}
