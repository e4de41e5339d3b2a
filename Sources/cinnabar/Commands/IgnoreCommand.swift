import ArgumentParser

struct IgnoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ignore",
        abstract: "Leave registrations or pictures out of your matches: your logo, a maker's stock photo.",
        discussion: "What is left out is counted in every answer. Other accounts go on seeing it.",
        subcommands: [IgnoreAddCommand.self, IgnoreListCommand.self, IgnoreRemoveCommand.self]
    )
}
