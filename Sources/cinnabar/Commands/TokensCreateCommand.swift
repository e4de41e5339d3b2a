import ArgumentParser
import Evidence
import Notary

struct TokensCreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Make an API token for an account.",
        discussion: """
            Stop `cinnabar serve` first: it holds the data folder while it runs.

            Example:
              cinnabar tokens create --account default --label "web shop" --json > token.json
            """
    )

    @Option(help: ArgumentHelp("The account that the token acts for.", valueName: "name")) var account: String
    @Option(help: ArgumentHelp("What it is for, for you to recognise it.", valueName: "text")) var label = ""

    @OptionGroup(title: "Data folder") var folder: FolderOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        let token = try await folder.withNotary(output) { try $0.createToken(forAccount: account, label: label) }
        Console(output).show(["account": .string(account), "label": .string(label), "token": .string(token)]) {
            report in
            report.heading("Token made", account)
            report.field("token", token, style: .bold)
            report.blank()
            report.sentence("It is not shown again: only its hash is kept. Whoever has it acts for this account.")
            report.blank()
            report.command("export CINNABAR_TOKEN=\(token)", purpose: "lets commands with --server use it")
        }
    }
}
