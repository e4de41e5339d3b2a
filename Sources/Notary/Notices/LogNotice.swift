import Bytes
import Evidence
import MerkleLog

/// An entry that is the log's own word: one line of JSON without newline, whose format's name begins with `log-`.
enum LogNotice: Sendable, Equatable {
    /// From the next checkpoint on this key signs, and no other.
    case key(VerifierKey)
    /// Nothing follows. The log that goes on may be named, by its origin.
    case end(next: String?)
    /// The log before this one ended with this signed checkpoint.
    case start(follows: [UInt8])

    private static let keyFormat = "log-key-1"
    private static let endFormat = "log-end-1"
    private static let startFormat = "log-start-1"

    /// - Returns: `nil` for anything that is not byte for byte what ``bytes`` gives.
    init?(parsing bytes: [UInt8]) {
        guard let json = try? JSONValue(parsing: bytes) else { return nil }
        switch json["cinnabar"]?.stringValue {
        case Self.keyFormat:
            guard let text = json["key"]?.stringValue, let key = try? VerifierKey(parsing: text) else { return nil }
            self = .key(key)
        case Self.endFormat:
            guard let next = json["next"]?.stringValue else { return nil }
            self = .end(next: next.isEmpty ? nil : next)
        case Self.startFormat:
            guard let note = json["follows"]?.stringValue.flatMap({ Base64.decode($0) }) else { return nil }
            self = .start(follows: note)
        default: return nil
        }
        guard self.bytes == bytes else { return nil }
    }

    var bytes: [UInt8] {
        let json: JSONValue =
            switch self {
            case .key(let key): ["cinnabar": .string(Self.keyFormat), "key": .string(key.text)]
            case .end(let next): ["cinnabar": .string(Self.endFormat), "next": .string(next ?? "")]
            case .start(let note): ["cinnabar": .string(Self.startFormat), "follows": .string(Base64.encode(note))]
            }
        return json.encoded(.compact)
    }

    static func isNotice(_ bytes: [UInt8]) -> Bool { LogNotice(parsing: bytes) != nil }
}
