import ArgumentParser
import Evidence

struct KeysRotateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate",
        abstract: "Make a new key for the log and destroy the old one.",
        discussion: """
            The log announces the new key in an entry that the old key still signs; from the next checkpoint on the new \
            one signs. What the old key signed stays good: both keys stand in the trust bundle. Whoever checks by the \
            old key alone needs the new one from you, or from `cinnabar log notices`; so do witnesses. Works on the \
            data folder, also while `cinnabar serve` holds it. A crash at any point leaves the old key or the new \
            one in force.

            Example:
              cinnabar keys rotate
            """
    )

    @Option(
        help: ArgumentHelp(
            "With several lanes, the log whose key to change; by default the top log.",
            valueName: "origin"
        )
    )
    var log: String?

    @OptionGroup(title: "Data folder") var folder: FolderOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        let document = try await folder.withAdministration(output) { try await $0.rotateLogKey(of: log) }
        Console(output).show(document) { report in
            report.heading("New key", document["key"]?.stringValue ?? "")
            report.blank()
            report.sentence(
                "Publish it where the old one is, beside it: evidence from before needs the old key, evidence from now "
                    + "on the new one. Give it to witnesses and monitors beside the old one. The keys folder changed: "
                    + "copy it anew to where you keep its copy, and make a store copy."
            )
            report.blank()
            report.command("cinnabar log trust\(folder.flags) > trust.json", purpose: "writes a trust bundle with both")
        }
    }
}
