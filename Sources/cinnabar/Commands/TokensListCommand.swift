import ArgumentParser
import Evidence
import Notary

struct TokensListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List API tokens: of all accounts, or of one.",
        discussion: "A token's id is the start of its SHA-256; the token itself is kept nowhere."
    )

    @Option(help: ArgumentHelp("Only this account's.", valueName: "name")) var account: String?

    @OptionGroup(title: "Data folder") var folder: FolderOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        let tokens = try await folder.withNotary(output) { try TokenRow.all(in: $0, account: account) }
        Console(output).show(["tokens": .array(tokens.map(\.json))]) { report in
            guard !tokens.isEmpty else { return report.sentence("There are no tokens.") }
            report.table(
                ["id", "account", "made", "state", "label"],
                tokens.map {
                    [$0.id, $0.account, Wording.time($0.created), $0.isRevoked ? "revoked" : "valid", $0.label]
                }
            )
        }
    }
}
