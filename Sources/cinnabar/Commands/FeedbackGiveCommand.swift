import ArgumentParser
import Evidence

struct FeedbackGiveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "give",
        abstract: "Say whether a match of a search is right.",
        discussion: """
            Kept with a copy of the match, for the operator to learn from. It changes no later answer.

            Example:
              cinnabar feedback give 019a…7e 1 wrong --note "another carton of the same maker"
            """
    )

    enum Verdict: String, ExpressibleByArgument, CaseIterable { case right, wrong }

    @Argument(help: ArgumentHelp("The id of a search that is still kept.", valueName: "search")) var search: String
    @Argument(help: ArgumentHelp("The number of its match, from 1.", valueName: "match")) var match: Int
    @Argument(help: ArgumentHelp("What it is: right or wrong.", valueName: "verdict")) var verdict: Verdict
    @Option(help: ArgumentHelp("Why, in one line.", valueName: "text")) var note: String?

    @OptionGroup(title: "Where") var connection: ConnectionOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        let feedback = try await connection.withConnection(output) { notary in
            try await notary.giveFeedback(isRight: verdict == .right, note: note, search: search, match: match)
        }
        Console(output).show(feedback) { $0.heading("Recorded", "match \(match) is \(verdict.rawValue)") }
    }
}
