import ArgumentParser

struct TokensCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tokens",
        abstract: "Make, list and revoke API tokens.",
        discussion: """
            Tokens are kept as hashes only. While `cinnabar serve` runs it holds the data folder, so all of these need \
            it stopped for a moment: a stolen token works until then. What was registered stays.
            """,
        subcommands: [TokensCreateCommand.self, TokensListCommand.self, TokensRevokeCommand.self]
    )
}
