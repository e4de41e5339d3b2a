import ArgumentParser
import AsyncHTTPClient
import Evidence
import MerkleLog
import Monitoring
import Notary

struct LogServeStaticCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve-static",
        abstract: "Write the log as files that any web server or bucket can serve.",
        discussion: """
            Writes checkpoint and tile/... of C2SP tlog-tiles into a folder, and with several lanes each lane under \
            lanes/<n>. Every tile is computed from the entries, and the checkpoint is written last, once the root fits. \
            A second run adds what is new; one that was cut off is taken up. Tiles never change: serve them with a long \
            lifetime, and the checkpoint with none.

            Examples:
              cinnabar log serve-static /srv/www/log
              cinnabar log serve-static mirror --url https://log.example.org/log --key VKEY
            """
    )

    @Argument(help: ArgumentHelp("The folder to write; made if it is not there.", valueName: "folder"))
    var target: String

    @Option(
        help: ArgumentHelp(
            "Mirror the C2SP log at this URL, the prefix before /checkpoint, instead of the data folder's.",
            valueName: "url"
        )
    )
    var url: String?

    @Option(
        help: ArgumentHelp(
            "The key of the log at --url; again for each key that it has had. Without one its signature is not checked.",
            valueName: "vkey"
        )
    )
    var key: [String] = []

    @OptionGroup(title: "Data folder") var folder: FolderOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func validate() throws {
        if url == nil, !key.isEmpty {
            throw ValidationError("--key goes with --url: the data folder has its own keys.")
        }
    }

    func run() async throws {
        let console = Console(output)
        let outcomes = url == nil ? try await exportFolder(console) : try await mirror(console)
        let documents = outcomes.map { origin, path, outcome in
            let document: JSONValue = [
                "origin": .string(origin), "folder": .string(path), "size": .integer(outcome.size.value),
                "newFiles": .integer(outcome.newFiles),
            ]
            return document
        }
        console.show(["logs": .array(documents)]) { report in
            for (origin, path, outcome) in outcomes {
                report.heading("Written", path)
                report.field("log", origin)
                report.field("entries", Wording.count(Int64(outcome.size.value)))
                report.field("new files", Wording.count(Int64(outcome.newFiles)))
                report.blank()
            }
        }
    }

    private typealias Outcomes = [(origin: String, path: String, outcome: StaticTree.Outcome)]

    private func exportFolder(_ console: Console) async throws -> Outcomes {
        try await folder.withNotary(output) { notary in
            var outcomes: Outcomes = []
            for log in notary.logs {
                let path = target + (log.laneNumber.map { "/lanes/\($0)" } ?? "")
                let outcome = try await update(path, PublishedLogSource(log: log), notary.trustBundle.logKeys, console)
                outcomes.append((log.origin, path, outcome))
            }
            return outcomes
        }
    }

    private func mirror(_ console: Console) async throws -> Outcomes {
        let keys = try LogKeys.parse(key)
        return try await LogClient.withExchange { exchange in
            let source = HTTPLog(url: url ?? "", exchange: exchange)
            let outcome = try await update(target, source, keys, console)
            return [(keys.first?.name ?? url ?? "", target, outcome)]
        }
    }

    private func update(
        _ path: String,
        _ source: any LogSource,
        _ keys: [VerifierKey],
        _ console: Console
    ) async throws -> StaticTree.Outcome {
        let progress = Progress("Writing", .items("entries"), console: console)
        defer { progress.finish() }
        let own = keys.filter { key in keys.count == 1 || key.name == (source as? PublishedLogSource)?.log.origin }
        return try await StaticTree(path: path).update(from: source, keys: own.isEmpty ? keys : own) {
            progress.update(Int($0), of: Int($1))
        }
    }
}
