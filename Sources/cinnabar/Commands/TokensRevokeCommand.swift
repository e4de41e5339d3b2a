import ArgumentParser
import Evidence
import Notary

struct TokensRevokeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke",
        abstract: "Revoke an API token.",
        discussion: """
            What it registered stays; it opens nothing any more. `cinnabar tokens list` shows the ids. Stop \
            `cinnabar serve` first: it holds the data folder while it runs.
            """
    )

    @Argument(help: ArgumentHelp("The token's id, 16 hexadecimal digits.", valueName: "id")) var id: String

    @OptionGroup(title: "Data folder") var folder: FolderOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        let token = try await folder.withNotary(output) { notary in
            guard let token = try TokenRow.all(in: notary, account: nil).first(where: { $0.id == id }),
                try notary.revokeToken(ofAccount: token.account, digestPrefix: id)
            else {
                throw CommandError(
                    "token.unknown",
                    "There is no valid token \(id).",
                    advice: "`cinnabar tokens list` shows the ids.",
                    status: .doesNotHold
                )
            }
            return token
        }
        Console(output).show(["revoked": .string(token.id)]) { report in
            report.heading("Revoked", token.id + "  " + token.label)
        }
    }
}
