import ArgumentParser
import Evidence

struct IgnoreRemoveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Show again what was ignored."
    )

    @Argument(help: ArgumentHelp("As `cinnabar ignore list` names it.", valueName: "name")) var name: String

    @OptionGroup(title: "Where") var connection: ConnectionOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        try await connection.withConnection(output) { try await $0.stopIgnoring(name) }
        Console(output).show(["removed": .string(name)]) { $0.heading("Shown again", name) }
    }
}
