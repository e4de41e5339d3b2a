import ArgumentParser
import Evidence

struct TokensRevokeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke",
        abstract: "Revoke an API token.",
        discussion: """
            What it registered stays; it opens nothing any more, from now on, also while `cinnabar serve` runs. \
            `cinnabar tokens list` shows the ids.
            """
    )

    @Argument(help: ArgumentHelp("The token's id, 16 hexadecimal digits.", valueName: "id")) var id: String

    @OptionGroup(title: "Data folder") var folder: FolderOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        let token = try await folder.withAdministration(output) { try await $0.revokeToken(id) }
        let revoked = token["id"]?.stringValue ?? ""
        Console(output).show(["revoked": .string(revoked)]) { report in
            report.heading("Revoked", revoked + "  " + (token["label"]?.stringValue ?? ""))
        }
    }
}
