import ArgumentParser

struct AuthorityCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "authority",
        abstract: "Run a small timestamp authority of your own (RFC 3161).",
        discussion: """
            It has its own key, certificates, folder and port, apart from any log. Its tokens say that it is \
            self-operated: among themselves they prove order, and a date only to who trusts you. For dates that others \
            believe, configure authorities that you do not run.
            """,
        subcommands: [AuthorityInitCommand.self, AuthorityServeCommand.self]
    )
}
