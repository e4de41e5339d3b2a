import ArgumentParser

struct AccountsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accounts",
        abstract: "Make and list accounts.",
        discussion: """
            Every record belongs to an account, and only its tokens can read it. Works on the data folder itself or, \
            while `cinnabar serve` holds it, through its control socket.
            """,
        subcommands: [AccountsCreateCommand.self, AccountsChangeCommand.self, AccountsListCommand.self]
    )
}
