import ArgumentParser
import Notary

struct WatchOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Where hits are posted: a URL of http or https.", valueName: "url"))
    var webhook: String?

    @Option(help: ArgumentHelp("Whose registrations count: own or all.", valueName: "scope"))
    var scope = Watch.Scope.own.rawValue

    @Option(help: ArgumentHelp("Matches of a lower score, 0 to 1, are no hits.", valueName: "score"))
    var minimumScore = 0.5

    func order(named name: String) -> WatchOrder {
        WatchOrder(
            name: name,
            webhook: webhook,
            scope: Watch.Scope(rawValue: scope) ?? .own,
            minimumScore: minimumScore
        )
    }

    func validate() throws {
        guard Watch.Scope(rawValue: scope) != nil else { throw ValidationError("--scope is own or all.") }
        guard (0...1).contains(minimumScore) else { throw ValidationError("--minimum-score is from 0 to 1.") }
    }
}
