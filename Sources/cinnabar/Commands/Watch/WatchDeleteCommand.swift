import ArgumentParser
import Evidence

struct WatchDeleteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: "Delete a watch with its pictures and hits."
    )

    @Argument(help: ArgumentHelp("The watch, by its name or id.", valueName: "name")) var name: String
    @OptionGroup(title: "Where") var connection: ConnectionOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        let id = try await connection.withConnection(output) { notary in
            let id = try await notary.requiredWatch(name)
            try await notary.deleteWatch(id)
            return id
        }
        Console(output).show(["deleted": .string(id)]) { $0.heading("Deleted", "watch \(name)") }
    }
}
