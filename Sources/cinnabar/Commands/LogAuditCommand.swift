import ArgumentParser
import Evidence
import Notary

struct LogAuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Walk the whole log and check that it holds together.",
        discussion: """
            Recomputes every leaf, tile and root from the entries, and compares records, indexes, timestamps and the \
            guard with them. Works on the data folder, while nothing else has it open. Ends with 1 if anything does \
            not hold.
            """
    )

    @OptionGroup(title: "Data folder") var folder: FolderOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        let console = Console(output)
        let progress = Progress("Auditing", .items("entries"), console: console)
        let report = try await folder.withNotary(output) { notary in
            try notary.audit { progress.update(Int($0.entries), of: Int($0.total)) }
        }
        progress.finish()
        console.show(report.json) { text in
            text.heading(
                report.isConsistent ? "Consistent" : "Not consistent",
                "the whole log",
                style: report.isConsistent ? .green : .red
            )
            for (name, value) in (report.json.objectValue ?? [:]).sorted(by: { $0.key < $1.key }) {
                if let count = value.integerValue { text.field(Wording.words(name), Wording.count(count)) }
            }
            for finding in report.findings { text.sentence("- " + finding, indent: 2, style: .red) }
        }
        if !report.isConsistent { throw ExitStatus.doesNotHold }
    }
}
