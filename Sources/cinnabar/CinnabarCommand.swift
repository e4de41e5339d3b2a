import ArgumentParser

/// `cinnabar` itself: what it is, and its commands in the order people need them.
struct CinnabarCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cinnabar",
        abstract: "Registers photos and contracts, and proves later that they were registered.",
        discussion: """
            Every registration goes into an append-only log whose head is signed and timestamped by outsiders. What \
            you keep is an evidence file: anyone can check it without Cinnabar.

            Start with these:
              cinnabar init --origin log.example.com   make a data folder
              cinnabar register photo.jpg              register a file
              cinnabar search photo.jpg                find earlier registrations

            Exit status: 0 fine, 1 the thing checked does not hold, 2 wrong usage, 3 the surroundings (no data folder, \
            no server, a wrong token, a lock).
            """,
        version: Version.current,
        groupedSubcommands: [
            CommandGroup(
                name: "Register and find",
                subcommands: [
                    RegisterCommand.self, SearchCommand.self, ImportCommand.self, WatchCommand.self, IgnoreCommand.self,
                    FeedbackCommand.self,
                ]
            ),
            CommandGroup(
                name: "Prove",
                subcommands: [ExportCommand.self, VerifyCommand.self, LogCommand.self]
            ),
            CommandGroup(
                name: "Operate",
                subcommands: [
                    InitCommand.self, ServeCommand.self, AccountsCommand.self, TokensCommand.self, EraseCommand.self,
                    StoreCommand.self, AnchorsCommand.self, RenewCommand.self, KeysCommand.self, ConfigCommand.self,
                    WitnessCommand.self, AuthorityCommand.self,
                ]
            ),
        ]
    )

    func run() throws { throw CleanExit.helpRequest(self) }
}
