import ArgumentParser

struct TokensCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tokens",
        abstract: "Make, list and revoke API tokens.",
        discussion: """
            Tokens are kept as hashes only. All of these work on the data folder itself or, while `cinnabar serve` \
            holds it, through its control socket, and count at once. What was registered stays.
            """,
        subcommands: [TokensCreateCommand.self, TokensListCommand.self, TokensRevokeCommand.self]
    )
}
