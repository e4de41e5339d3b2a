import ArgumentParser

struct WitnessCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "witness",
        abstract: "Run a witness for a log, ours or any other C2SP log.",
        discussion: """
            A witness cosigns a log's checkpoints as long as each extends the one before, so that the log cannot tell \
            two stories. Run it on a machine that whoever runs the log has no hand on.
            """,
        subcommands: [WitnessInitCommand.self, WitnessAddCommand.self, WitnessServeCommand.self]
    )
}
