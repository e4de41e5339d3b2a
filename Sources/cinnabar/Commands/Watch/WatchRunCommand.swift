import ArgumentParser
import Evidence

struct WatchRunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Show the pictures of folders and manifests to a watch.",
        discussion: """
            A manifest ends in .ndjson, with {"file": …, "reference": …} a line, or in .csv, with the columns file and \
            reference; paths in it start at its folder. The reference is what hits call the picture, such as its URL.

            A picture whose bytes the watch has seen is not sent again, so that a run that was stopped goes on where it \
            was. With --follow it looks for new files until Ctrl-C. With --json there is one line per picture, and a \
            last one with the summary. Ends with 1 when a picture is a copy, or could not be looked up.

            Examples:
              cinnabar watch downloads/ --name shop-a --follow
              cinnabar watch feed.ndjson --webhook https://example.com/hits
            """
    )

    @Argument(help: ArgumentHelp("Folders and manifests.", valueName: "path")) var paths: [String]

    @Option(help: ArgumentHelp("The watch, by its name or id; made if there is none of this name.", valueName: "name"))
    var name = "feed"

    @Flag(help: "Go on and look for new files until Ctrl-C.") var follow = false

    @OptionGroup(title: "If the watch is made") var watch: WatchOptions
    @OptionGroup(title: "Where") var connection: ConnectionOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        let console = Console(output)
        let sources = try paths.map { try FeedSource($0) }
        let progress = Progress("Watching", .items("pictures"), console: console)
        defer { progress.finish() }
        var tally = FeedTally()
        let id = try await connection.withConnection(output) { notary in
            let id = try await identifier(notary, console)
            try await FeedRun(connection: notary, watch: id, sources: sources).run(follows: follow) { outcome, total in
                tally.add(outcome.item, outcome.result)
                console.stream(Self.line(outcome))
                tell(outcome, console)
                progress.update(tally.count, of: follow ? nil : total, remark: tally.remark)
            }
            return id
        }
        progress.finish()
        show(tally, id, console)
        if tally.copies > 0 || !tally.failures.isEmpty { throw ExitStatus.doesNotHold }
    }

    private func identifier(_ notary: any NotaryConnection, _ console: Console) async throws -> String {
        if let id = try await notary.watchIdentifier(name) { return id }
        let made = try await notary.createWatch(watch.order(named: name))
        console.tell { report in
            report.heading("Made", "watch \(name)")
            report.field("id", made["id"]?.stringValue ?? "")
            if watch.webhook != nil { report.field("secret", made["secret"]?.stringValue ?? "") }
        }
        return made["id"]?.stringValue ?? ""
    }

    private static func line(_ outcome: FeedRun.Outcome) -> JSONValue {
        switch outcome.result {
        case .success(let answer): ["file": .string(outcome.item.path), "answer": answer]
        case .failure(let error): ["file": .string(outcome.item.path), "error": error.body]
        }
    }

    private func tell(_ outcome: FeedRun.Outcome, _ console: Console) {
        guard !console.json, case .success(let answer) = outcome.result,
            let matches = answer["matches"]?.arrayValue, let best = matches.first
        else { return }
        console.tell { report in
            report.heading("Copy", outcome.item.reference, style: .yellow)
            report.field("kind", best["kind"]?.stringValue ?? "")
            if let means = best["means"]?.stringValue { report.field("means", means) }
            if let id = best["id"]?.stringValue { report.field("of", id) }
        }
    }

    private func show(_ tally: FeedTally, _ id: String, _ console: Console) {
        guard !console.json else { return console.stream(["summary": tally.json(watch: id)]) }
        console.show(tally.json(watch: id)) { report in
            report.heading("Watched", paths.joined(separator: ", "), style: tally.copies > 0 ? .yellow : .green)
            report.field("watch", "\(name)  \(id)")
            report.field("looked up", Wording.count(tally.shown, "picture", "pictures"))
            report.field("seen before", Wording.count(tally.seen))
            if tally.skipped > 0 { report.field("no pictures", Wording.count(tally.skipped, "file", "files")) }
            report.field("copies", Wording.count(tally.copies), style: tally.copies > 0 ? .yellow : .plain)
            guard !tally.failures.isEmpty else { return }
            report.field("refused", Wording.count(tally.failures.count, "file", "files"), style: .red)
            for (path, error) in tally.failures.prefix(Self.failureLimit) {
                report.continuation(path, style: .bold)
                report.continuation(error.message)
            }
        }
    }

    /// As many refused files as a person reads.
    private static let failureLimit = 20
}
