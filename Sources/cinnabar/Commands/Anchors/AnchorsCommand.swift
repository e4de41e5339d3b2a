import ArgumentParser

struct AnchorsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "anchors",
        abstract: "See how outsiders commit to the log, and pause or hurry them.",
        discussion: """
            One checkpoint goes to each outsider at its interval and covers every registration before it. With a server \
            on the data folder the commands reach it there.
            """,
        subcommands: [
            AnchorsStatusCommand.self, AnchorsRetryCommand.self, AnchorsPauseCommand.self, AnchorsResumeCommand.self,
            AnchorsLedgerCommand.self,
        ]
    )
}
