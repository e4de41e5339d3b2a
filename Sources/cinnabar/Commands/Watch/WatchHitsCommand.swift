import ArgumentParser
import Evidence

struct WatchHitsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hits",
        abstract: "List what a watch has found.",
        discussion: "With --json a page of up to 1000; its \"next\" goes into --after for the next page."
    )

    @Argument(help: ArgumentHelp("The watch, by its name or id.", valueName: "name")) var name: String
    @Option(help: ArgumentHelp("Only hits after this number.", valueName: "number")) var after: UInt64?
    @OptionGroup(title: "Where") var connection: ConnectionOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        let page = try await connection.withConnection(output) { notary in
            try await notary.hits(of: try await notary.requiredWatch(name), after: after)
        }
        let hits = page["hits"]?.arrayValue ?? []
        Console(output).show(page) { report in
            guard !hits.isEmpty else { return report.sentence("Nothing was found.") }
            for hit in hits {
                report.heading(
                    "Hit \(hit["number"]?.integerValue ?? 0)",
                    hit["picture"]?["reference"]?.stringValue ?? ""
                )
                report.field("found", Wording.time(hit["foundAt"]?.stringValue ?? ""))
                let isLater = hit["foundBy"]?.stringValue == "registration"
                if isLater { report.field("how", "its original was registered after the picture came by") }
                report.field("kind", hit["match"]?["kind"]?.stringValue ?? "")
                if let means = hit["match"]?["means"]?.stringValue { report.field("means", means) }
                if let id = hit["match"]?["id"]?.stringValue { report.field("of", id) }
            }
            if let next = page["next"]?.integerValue { report.sentence("More with --after \(next).", style: .dim) }
        }
    }
}
