import ArgumentParser
import Evidence

struct TokensCreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Make an API token for an account.",
        discussion: """
            Example:
              cinnabar tokens create --account default --label "web shop" --json > token.json
            """
    )

    @Option(help: ArgumentHelp("The account that the token acts for.", valueName: "name")) var account: String
    @Option(help: ArgumentHelp("What it is for, for you to recognise it.", valueName: "text")) var label = ""

    @OptionGroup(title: "Data folder") var folder: FolderOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        let document = try await folder.withAdministration(output) {
            try await $0.createToken(forAccount: account, label: label)
        }
        let token = document["token"]?.stringValue ?? ""
        Console(output).show(document) { report in
            report.heading("Token made", account)
            report.field("token", token, style: .bold)
            report.blank()
            report.sentence("It is not shown again: only its hash is kept. Whoever has it acts for this account.")
            report.blank()
            report.command("export CINNABAR_TOKEN=\(token)", purpose: "lets commands with --server use it")
        }
    }
}
