import ArgumentParser
import Evidence

struct FeedbackListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List what was said of matches.",
        discussion: "--all is for the operator: it works on the data folder, also while `cinnabar serve` holds it."
    )

    @Flag(help: "Of all accounts, with the places of the registrations.") var all = false

    @OptionGroup(title: "Where") var connection: ConnectionOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        let document =
            all
            ? try await connection.folder.withAdministration(output) { try await $0.feedback() }
            : try await connection.withConnection(output) { try await $0.feedback() }
        let feedback = document["feedback"]?.arrayValue ?? []
        Console(output).show(document) { report in
            guard !feedback.isEmpty else { return report.sentence("Nothing was said.") }
            report.table(
                ["at", "verdict", "match", all ? "account" : "search", "note"],
                feedback.map { entry in
                    [
                        Wording.time(entry["at"]?.stringValue ?? "", toSeconds: true),
                        entry["verdict"]?.stringValue ?? "", entry["match"]?["kind"]?.stringValue ?? "",
                        entry[all ? "account" : "search"]?.stringValue ?? "", entry["note"]?.stringValue ?? "",
                    ]
                }
            )
        }
    }
}
