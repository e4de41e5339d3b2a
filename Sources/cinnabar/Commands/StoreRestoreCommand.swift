import ArgumentParser
import Evidence
import Notary

struct StoreRestoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Put a copy of the store into a data folder that has none.",
        discussion: """
            The key ring must be there (data folder/keys, or --set keys=FOLDER); a store that is there is never \
            touched. Every file is checked, records erased since the copy are erased again, and the result is audited. \
            The guard file is not written: it says whether the copy is the newest state of the log. Ends with 1 if \
            the audit finds something, or if the guard says that the log went on after the copy. Without a guard file, \
            as in a drill, it ends with 0.

            Example:
              cinnabar store restore /backup/cinnabar --data /srv/cinnabar
            """
    )

    @Argument(help: ArgumentHelp("Folder of the copies.", valueName: "folder")) var copies: String

    @Option(help: ArgumentHelp("The generation; by default the newest.", valueName: "n")) var generation: Int?

    @Option(help: ArgumentHelp("Folder of the records' keys, if it is another.", valueName: "folder"))
    var keysFrom: String?

    @OptionGroup(title: "Data folder") var folder: FolderOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() throws {
        let console = Console(output)
        let progress = Progress("Restoring", .bytes, console: console)
        let report = try Notary.restoreStore(
            NotaryConfiguration(folder.settings()),
            from: copies,
            keysFolder: keysFrom,
            generation: generation
        ) { progress.update(Int($0.bytes), of: Int($0.totalBytes)) }
        progress.finish()
        console.show(report.json) { text in describe(report, &text) }
        if !report.isReady && !report.isUnguarded { throw ExitStatus.doesNotHold }
    }

    private func describe(_ report: RestoreReport, _ text: inout TextReport) {
        text.heading(
            report.isReady ? "Restored" : report.isUnguarded ? "Restored, without a guard" : "Restored, not ready",
            "generation \(report.generation) of \(Wording.time(report.madeAt, toSeconds: true))",
            style: report.isReady ? .green : .red
        )
        text.field("store", report.storeFolder)
        text.field("files", report.json.amount("files", "bytes"))
        text.field("keys", Wording.count(report.keys))
        if report.erasedAgain > 0 {
            text.field("erased", "\(Wording.count(report.erasedAgain)) again, by their receipts")
        }
        for log in report.logs {
            text.field("log", "\(log.origin), \(Wording.count(Int(log.size), "entry", "entries"))")
        }
        text.field("audit", report.audit.isConsistent ? "consistent" : "not consistent")
        for finding in report.audit.findings { text.sentence("- " + finding, indent: 2, style: .red) }
        text.blank()
        if !report.audit.isConsistent {
            text.sentence("The store was not put in its place. Restore another generation.")
        }
        for log in report.logs { text.sentence(Self.sentence(log)) }
    }

    private static func sentence(_ log: RestoreReport.Log) -> String {
        switch log.standing {
        case .equal, .oneBatchBehind: "The guard of \(log.origin) agrees: the log goes on where it was."
        case .ahead(let entries):
            "The guard of \(log.origin) is ahead: the store lacks \(Wording.count(Int(entries), "entry", "entries")) "
                + "acknowledged after this copy. `cinnabar serve` refuses to start, since going on would fork the log. "
                + "Restore a newer copy. If there is none, keep this folder as it is and start a new log with another "
                + "origin whose first entry names this one (`cinnabar init --follows`)."
        case .behind(let entries):
            "The guard of \(log.origin) is \(Wording.count(entries)) entries behind the copy, more than a crash leaves: "
                + "it was set back. `cinnabar serve` refuses to start. Put the newest guard file back."
        case .different:
            "The guard of \(log.origin) holds another tree, or nothing that the log's key signed. `cinnabar serve` "
                + "refuses to start. Put the log's own guard file back."
        case .absent:
            "There is no guard file of \(log.origin), so nothing says whether this is the newest state. `cinnabar serve` "
                + "refuses to start until it is put back. For a drill all is well."
        }
    }
}
