import ArgumentParser
import AsyncHTTPClient
import Evidence

struct AnchorsRetryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry",
        abstract: "Take up now what is unfinished, and give out the newest checkpoint.",
        discussion: """
            Pauses after failures and intervals do not hold this once. A running server does it within seconds; \
            without one the command does it before it ends.

            Example:
              cinnabar anchors retry example-tsa
            """
    )

    @Argument(help: ArgumentHelp("One outsider; all without it.", valueName: "name")) var name: String?

    @OptionGroup(title: "Data folder") var folder: FolderOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        let client = HTTPClient.forOutsiders()
        let document: JSONValue
        do {
            document = try await folder.withAdministration(output, exchange: { try await client.exchange($0) }) {
                try await $0.retryAnchors(of: name)
            }
            try await client.shutdown()
        } catch {
            try? await client.shutdown()
            throw error
        }
        Console(output).show(document) { $0.anchors(document) }
    }
}
