import ArgumentParser
import Evidence

struct LogTrustCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trust",
        abstract: "Print the log's trust bundle: its keys, its authorities' roots, its policy.",
        discussion: """
            Whoever checks evidence compares with a bundle that came to them another way, on paper for instance: \
            `cinnabar verify FILE --trust trust.json`. It names every key that the log has had, and the policy over \
            witnesses where one is set.

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
