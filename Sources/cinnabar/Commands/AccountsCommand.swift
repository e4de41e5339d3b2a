import ArgumentParser

struct AccountsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accounts",
        abstract: "Make and list accounts.",
        discussion: """
            Every record belongs to an account, and only its tokens can read it. Stop `cinnabar serve` first: it holds \
            the data folder while it runs.
            """,
        subcommands: [AccountsCreateCommand.self, AccountsListCommand.self]
    )
}
