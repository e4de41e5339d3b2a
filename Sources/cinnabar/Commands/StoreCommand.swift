import ArgumentParser

struct StoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "store",
        abstract: "Look after the store: copy it, check and restore copies, recover a damaged one.",
        subcommands: [
            StoreCopyCommand.self, StoreCopiesCommand.self, StoreVerifyCopyCommand.self, StoreRestoreCommand.self,
            StoreRecoverCommand.self,
        ]
    )
}
