import Archives
import ArgumentParser
import Evidence
import Foundation

struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Register a whole catalogue: folders and zip archives.",
        discussion: """
            Registers every file, several at once. A member that is refused is listed and does not stop the others; \
            then the command ends with 1. Run again with the same path and claim, it registers only what is new. \
            Another claim, or a folder or archive named otherwise, makes registrations of its own. Names that start \
            with a dot are left out.

            With --digests each path is a file of digests instead, a JSON object a line as POST /v1/registrations takes \
            it, and the files stay home; - is standard input. Run again with the same lines and claim, it registers \
            only what is new.

            With --json there is one line per member, and a last one with the summary.

            Examples:
              cinnabar import photos/ --author "Li Na"
              cinnabar import shop.zip --json > import.ndjson
              cinnabar import --digests catalogue.ndjson
            """
    )

    @Argument(help: ArgumentHelp("Folders and zip archives.", valueName: "path")) var paths: [String]

    @Flag(help: "The paths are files of digests, a JSON object a line; - is standard input.") var digests = false

    @OptionGroup(title: "What you declare about all of them") var claim: ClaimOptions
    @OptionGroup(title: "Where") var connection: ConnectionOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        let console = Console(output)
        let claim = try claim.value()
        for path in paths where !(digests && path == "-") && !FileManager.default.fileExists(atPath: path) {
            throw CommandError("file.notFound", "There is no \(path).", advice: "Check the path.", status: .usage)
        }
        let started = ContinuousClock.now
        let tally = try await connection.withConnection(output) { notary in
            digests
                ? try await tallyOfDigests(DigestImporter(connection: notary, claim: claim), console)
                : try await tallyOfFiles(Importer(connection: notary, claim: claim), console)
        }
        show(tally, seconds: (ContinuousClock.now - started) / .seconds(1), console)
        if !tally.failures.isEmpty { throw ExitStatus.doesNotHold }
    }

    private func tallyOfFiles(_ importer: Importer, _ console: Console) async throws -> ImportTally {
        let decoder = try connection.folder.settings()[text: .decoderPath]
        let progress = Progress("Importing", .items("files"), console: console)
        defer { progress.finish() }
        let total = console.showsProgress ? Self.fileCount(paths) : nil
        var tally = ImportTally()
        for path in paths {
            try await importer.run(MemberStream(path, executable: decoder), root: path) { outcome in
                tally.add(outcome)
                console.stream(Self.line(outcome))
                progress.update(tally.count, of: total, remark: tally.remark)
            }
        }
        return tally
    }

    private func tallyOfDigests(_ importer: DigestImporter, _ console: Console) async throws -> ImportTally {
        let progress = Progress("Importing", .items("lines"), console: console)
        defer { progress.finish() }
        var tally = ImportTally()
        for path in paths {
            try await importer.run(path) { outcomes in
                for outcome in outcomes {
                    tally.add(outcome)
                    console.stream(Self.line(outcome))
                }
                progress.update(tally.count, remark: tally.remark)
            }
        }
        return tally
    }

    private static func line(_ outcome: Importer.Outcome) -> JSONValue {
        switch outcome.result {
        case .success(let registration): ["member": .string(outcome.member), "registration": registration]
        case .failure(let error): ["member": .string(outcome.member), "error": error.body]
        }
    }

    /// How many files are under these folders; `nil` when one is an archive, whose members are counted as they come.
    private static func fileCount(_ paths: [String]) -> Int? {
        var count = 0
        for path in paths {
            let keys: [URLResourceKey] = [.isRegularFileKey]
            let folder = URL(fileURLWithPath: path)
            guard folder.hasDirectoryPath,
                let files = FileManager.default.enumerator(
                    at: folder,
                    includingPropertiesForKeys: keys,
                    options: [.skipsHiddenFiles]
                )
            else { return nil }
            for case let file as URL in files where !file.hasDirectoryPath { count += 1 }
        }
        return count
    }

    private func show(_ tally: ImportTally, seconds: Double, _ console: Console) {
        guard !console.json else { return console.stream(tally.json) }
        console.show(tally.json) { report in
            report.heading("Imported", paths.joined(separator: ", "), style: tally.failures.isEmpty ? .green : .yellow)
            let rate = Wording.decimal(Double(tally.count) / max(seconds, 0.001))
            report.field("new", Wording.count(tally.registered, "registration", "registrations"))
            report.field("known", Wording.count(tally.alreadyRegistered) + " registered by an earlier import")
            if tally.similar > 0 {
                report.field("matches", Wording.count(tally.similar) + " with an earlier registration", style: .yellow)
            }
            report.field("time", "\(Wording.duration(seconds)), \(rate) files a second", style: .dim)
            guard !tally.failures.isEmpty else { return }
            report.field("refused", Wording.count(tally.failures.count, "file", "files"), style: .red)
            for (member, error) in tally.failures.prefix(Self.failureLimit) {
                report.continuation(member, style: .bold)
                report.continuation(error.message)
            }
            let rest = tally.failures.count - Self.failureLimit
            if rest > 0 { report.continuation("and \(Wording.count(rest)) more, which --json lists") }
        }
    }

    /// As many refused members as a person reads.
    private static let failureLimit = 20
}
