import ArgumentParser
import Evidence

struct LogTrustCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trust",
        abstract: "Print the log's trust bundle: its key and its authorities' roots.",
        discussion: """
            Whoever checks evidence compares with a bundle that came to them another way, on paper for instance: \
            `cinnabar verify FILE --trust trust.json`.

            Example:
              cinnabar log trust > trust.json
            """
    )

    @OptionGroup(title: "Where") var connection: ConnectionOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        let trust = try await connection.withConnection(output) { try await $0.trustBundle() }
        Console(output).show(raw: trust.encoded(.readable))
    }
}
