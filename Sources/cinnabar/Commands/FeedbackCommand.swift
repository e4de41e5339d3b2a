import ArgumentParser

struct FeedbackCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "feedback",
        abstract: "Say whether matches are right, and read what was said.",
        subcommands: [FeedbackGiveCommand.self, FeedbackListCommand.self, FeedbackFloodsCommand.self]
    )
}
