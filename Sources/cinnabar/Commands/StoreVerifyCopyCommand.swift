import ArgumentParser
import Evidence
import Foundation
import Notary

struct StoreVerifyCopyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify-copy",
        abstract: "Check every file of the copies in a folder.",
        discussion: """
            Finds files that are missing, damaged, cut short or of no generation, and generations that go back behind \
            the one before. With --trust the checkpoints must be signed by a key of that bundle. With --deep the \
            newest generation is restored to a temporary folder and audited, and the trees of earlier ones must be \
            its beginnings; the key ring of the data folder is needed for it, the data folder itself is not opened. \
            Ends with 1 if anything does not hold.

            Example:
              cinnabar store verify-copy /backup/cinnabar --trust trust.json
            """
    )

    @Argument(help: ArgumentHelp("Folder of the copies.", valueName: "folder")) var copies: String

    @Option(help: ArgumentHelp("Folder of the records' keys, if it is another.", valueName: "folder"))
    var keysFrom: String?

    @Option(help: ArgumentHelp("A trust bundle, from `cinnabar log trust`.", valueName: "file")) var trust: String?

    @Flag(help: "Restore the newest generation to a temporary folder and audit it.") var deep = false

    @Option(help: ArgumentHelp("Where to restore it; needs the room of one copy.", valueName: "folder"))
    var temporary: String?

    @OptionGroup(title: "Data folder") var folder: FolderOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() throws {
        let console = Console(output)
        let progress = Progress("Checking", .bytes, console: console)
        let result = try Notary.verifyCopy(
            in: copies,
            keysFolder: keysFrom,
            trusted: try trust.map { try trustedBundle($0).logKeys } ?? [],
            auditing: deep ? try NotaryConfiguration(folder.settings()) : nil,
            temporaryFolder: temporary
        ) { progress.update(Int($0.bytes), of: Int($0.totalBytes)) }
        progress.finish()
        console.show(result.json) { text in
            text.heading(result.holds ? "Holds" : "Does not hold", copies, style: result.holds ? .green : .red)
            text.field("generations", result.generations.map(String.init).joined(separator: ", "))
            text.field("files", result.json.amount("files", "bytes"))
            text.field("signatures", Wording.count(result.signatures))
            if let audit = result.audit {
                text.field(
                    "audited",
                    "\(Wording.count(audit.entries)) entries, \(Wording.count(audit.records)) records"
                )
            }
            for note in result.notes { text.sentence("- " + note, indent: 2, style: .dim) }
            for finding in result.findings { text.sentence("- " + finding, indent: 2, style: .red) }
        }
        if !result.holds { throw ExitStatus.doesNotHold }
    }

    private func trustedBundle(_ path: String) throws -> TrustBundle {
        guard let bytes = FileManager.default.contents(atPath: path),
            let bundle = try? TrustBundle(parsing: Array(bytes)),
            !bundle.logKeys.isEmpty
        else {
            throw CommandError(
                "trust.unreadable",
                "\(path) is no trust bundle with a log's key.",
                advice: "Make one with `cinnabar log trust > trust.json`.",
                status: .usage
            )
        }
        return bundle
    }
}
