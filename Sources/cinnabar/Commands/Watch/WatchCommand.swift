import ArgumentParser

struct WatchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Watch a feed of pictures for copies of registered ones.",
        discussion: """
            Each picture of the feed is looked up, and what is found goes to the watch's list and to its webhook. \
            Fingerprints of the pictures are kept for some weeks (the key watch.keepDays): when the original of one is \
            registered later, that is found too.

            Examples:
              cinnabar watch downloads/ --name shop-a
              cinnabar watch hits shop-a
            """,
        subcommands: [
            WatchRunCommand.self, WatchCreateCommand.self, WatchListCommand.self, WatchHitsCommand.self,
            WatchDeleteCommand.self,
        ],
        defaultSubcommand: WatchRunCommand.self
    )
}
