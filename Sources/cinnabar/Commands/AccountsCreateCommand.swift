import ArgumentParser
import Evidence

struct AccountsCreateCommand: AsyncParsableCommand {
    enum Originals: String, ExpressibleByArgument, CaseIterable { case always, never }

    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Make an account.",
        discussion: """
            Example:
              cinnabar accounts create --name shop --originals never
            """
    )

    @Option(help: ArgumentHelp("The account's name.", valueName: "name")) var name: String

    @Option(
        help: "Whether the registered pictures are kept, up to 20 MB each. By default as originals.keepByDefault says."
    )
    var originals: Originals?

    @Option(
        help: ArgumentHelp(
            "Timestamp authorities that must have stamped before its registrations count as timestamped.",
            valueName: "names"
        )
    )
    var authorities: String?

    @OptionGroup(title: "Data folder") var folder: FolderOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        let document = try await folder.withAdministration(output) {
            try await $0.createAccount(
                named: name,
                keepsOriginals: originals.map { $0 == .always },
                demanding: AccountsChangeCommand.names(authorities ?? "")
            )
        }
        Console(output).show(document) { report in
            report.heading("Account made", name)
            report.field("originals", (document["originals"]?.stringValue ?? "") + " kept")
            report.blank()
            report.command(
                "cinnabar tokens create\(folder.flags) --account \(name)",
                purpose: "makes an API token for it"
            )
        }
    }
}
