import ArgumentParser

struct KeysCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys",
        abstract: "List the log's keys, and change the one that signs.",
        subcommands: [KeysListCommand.self, KeysRotateCommand.self]
    )
}
