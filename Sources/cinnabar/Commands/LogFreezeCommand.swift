import ArgumentParser
import Evidence

struct LogFreezeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "freeze",
        abstract: "End the log for ever.",
        discussion: """
            Its last entry says that nothing follows, and names the log that goes on, if there is one. Registrations are \
            refused from then on; reading, evidence files, timestamps and witnesses go on. There is no way back. Works \
            on the data folder, also while `cinnabar serve` holds it. Asks first; without a terminal, --yes is needed.

            Example:
              cinnabar log freeze --next log.example.com/2027
              cinnabar log checkpoint > last-checkpoint
              cinnabar init --data data-2027 --origin log.example.com/2027 --follows last-checkpoint
            """
    )

    @Option(help: ArgumentHelp("The log that goes on.", valueName: "origin")) var next: String?
    @Flag(help: "Do not ask.") var yes = false

    @OptionGroup(title: "Data folder") var folder: FolderOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        if !yes { try Confirmation.ask("This ends the log for ever.", code: "log.unconfirmed") }
        let entry = try await folder.withAdministration(output) { try await $0.freeze(next: next) }
        Console(output).show(entry) { report in
            report.heading("Ended", "at \(Wording.count((entry["index"]?.integerValue ?? 0) + 1)) entries")
            report.field("last entry", entry["entry"]?.stringValue ?? "")
            report.blank()
            report.command("cinnabar log checkpoint\(folder.flags)", purpose: "prints the last checkpoint")
        }
    }
}
