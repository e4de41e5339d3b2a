import ArgumentParser
import Evidence

struct IgnoreListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List what your searches leave out."
    )

    @OptionGroup(title: "Where") var connection: ConnectionOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        let document = try await connection.withConnection(output) { try await $0.ignored() }
        let ignored = document["ignored"]?.arrayValue ?? []
        Console(output).show(document) { report in
            guard !ignored.isEmpty else { return report.sentence("Nothing is ignored.") }
            report.table(
                ["name", "since", "what", "note"],
                ignored.map { entry in
                    let words = ["name", "since", "what", "note"].map { entry[$0]?.stringValue ?? "" }
                    return [words[0], Wording.time(words[1], toSeconds: true), words[2], words[3]]
                }
            )
        }
    }
}
