import ArgumentParser
import Evidence

struct LogAuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Walk the whole log and check that it holds together.",
        discussion: """
            Recomputes every leaf, tile and root from the entries, and compares checkpoints, records, indexes, receipts \
            of erased records, timestamps, cosignatures and the guard with them. Works on the data folder itself or, \
            while `cinnabar serve` holds it, inside the server. Ends with 1 if anything does not hold.

            Example:
              cinnabar log audit --data /srv/cinnabar
            """
    )

    @OptionGroup(title: "Data folder") var folder: FolderOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        let console = Console(output)
        let progress = Progress("Auditing", .items("entries"), console: console)
        let report = try await folder.withAdministration(output) { administration in
            try await administration.audit { progress.update($0, of: $1) }
        }
        progress.finish()
        let isConsistent = report["consistent"]?.boolValue == true
        console.show(report) { text in
            text.heading(
                isConsistent ? "Consistent" : "Not consistent",
                "the whole log",
                style: isConsistent ? .green : .red
            )
            for (name, value) in (report.objectValue ?? [:]).sorted(by: { $0.key < $1.key }) {
                if let count = value.integerValue { text.field(Wording.words(name), Wording.count(count)) }
            }
            for finding in report["findings"]?.arrayValue ?? [] {
                text.sentence("- " + (finding.stringValue ?? ""), indent: 2, style: .red)
            }
        }
        if !isConsistent { throw ExitStatus.doesNotHold }
    }
}
