import ArgumentParser
import Evidence

struct WatchListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the account's watches.")

    @OptionGroup(title: "Where") var connection: ConnectionOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        let document = try await connection.withConnection(output) { try await $0.watches() }
        let watches = document["watches"]?.arrayValue ?? []
        Console(output).show(document) { report in
            guard !watches.isEmpty else { return report.sentence("There are no watches.") }
            report.table(
                ["id", "name", "scope", "webhook"],
                watches.map { watch in
                    ["id", "name", "scope", "webhook"].map { watch[$0]?.stringValue ?? "none" }
                }
            )
        }
    }
}
