import ArgumentParser
import Evidence

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
        let document = try await folder.withAdministration(output) { try await $0.tokens(account: account) }
        let tokens = document["tokens"]?.arrayValue ?? []
        Console(output).show(document) { report in
            guard !tokens.isEmpty else { return report.sentence("There are no tokens.") }
            report.table(
                ["id", "account", "made", "state", "label"],
                tokens.map { token in
                    let isRevoked = token["revoked"]?.boolValue == true
                    let words = ["id", "account", "created", "label"].map { token[$0]?.stringValue ?? "" }
                    return [words[0], words[1], Wording.time(words[2]), isRevoked ? "revoked" : "valid", words[3]]
                }
            )
        }
    }
}
