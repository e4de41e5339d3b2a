public import Evidence

/// What a log must never do, and has done.
public struct LogAlarm: Error, Equatable, CustomStringConvertible {
    public enum Kind: String, Sendable, CaseIterable {
        /// Two signed checkpoints that no single append-only log can have.
        case splitView = "split view"
        /// A signed checkpoint of a smaller tree than an earlier one.
        case rollback
        /// The checkpoint is not signed by the log's key, or is of another log.
        case unsigned
        /// The signed root does not follow from the entries.
        case wrongRoot = "wrong root"
        /// A tile differs from the entries below it, or has not its size.
        case damaged
        /// The log does not serve what its own tree has.
        case missing
        /// The checkpoint lacks the cosignatures that its policy asks for.
        case unwitnessed
        /// Nothing was added for too long.
        case stalled
    }

    public let kind: Kind
    /// What was seen and what to do.
    public let message: String
    /// The signed notes that prove it, byte for byte; keep them.
    public let notes: [[UInt8]]

    public init(_ kind: Kind, _ message: String, notes: [[UInt8]] = []) {
        self.kind = kind
        self.message = message
        self.notes = notes
    }

    public static func == (left: Self, right: Self) -> Bool { left.kind == right.kind }
    public var description: String { "LogAlarm.\(kind): \(message)" }
}

extension LogAlarm {
    public var json: JSONValue {
        [
            "kind": .string(kind.rawValue), "message": .string(message),
            "notes": .array(notes.map { .string(String(decoding: $0, as: UTF8.self)) }),
        ]
    }
}
