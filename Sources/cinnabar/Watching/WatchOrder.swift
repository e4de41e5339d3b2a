import Evidence
import Notary

/// What a watch is to be, as options say it.
struct WatchOrder: Sendable {
    var name: String
    var webhook: String?
    var scope: Watch.Scope
    var minimumScore: Double

    var request: WatchRequest {
        WatchRequest(name: name, webhook: webhook, scope: scope, minimumScore: minimumScore)
    }

    var json: JSONValue {
        var members: [String: JSONValue] = ["name": .string(name), "scope": .string(scope.rawValue)]
        members["webhook"] = webhook.map { .string($0) }
        members["minimumScore"] = .number(String(minimumScore))
        return .object(members)
    }
}
