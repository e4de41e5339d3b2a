import Bytes
import Evidence

/// What an account does not want to see, as `PUT /v1/ignored` takes it.
struct IgnoreRequest: Sendable {
    enum What: Sendable {
        case registration(Digest256)
        case match(search: String, Int)
        case fingerprint(String)
    }

    let what: What
    let note: String?

    var json: JSONValue {
        var members: [String: JSONValue] =
            switch what {
            case .registration(let id): ["id": .string(id.hex)]
            case .match(let search, let number): ["search": .string(search), "match": .integer(number)]
            case .fingerprint(let fingerprint): ["fingerprint": .string(fingerprint)]
            }
        members["note"] = note.map { .string($0) }
        return .object(members)
    }
}
