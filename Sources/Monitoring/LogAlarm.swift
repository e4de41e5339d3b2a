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
        /// An answer is longer than its kind can be.
        case tooLarge = "too large"
    }

    public let kind: Kind
    /// What was seen and what to do.
    public let message: String
    /// The signed notes that prove it, byte for byte; keep them.
    public let notes: [[UInt8]]
    /// Where a monitor kept the notes; `nil` when there are none, or no more room for them.
    public internal(set) var evidenceFolder: String?

    public init(_ kind: Kind, _ message: String, notes: [[UInt8]] = []) {
        self.kind = kind
        self.message = message
        self.notes = notes
    }

    public static func == (left: Self, right: Self) -> Bool { left.kind == right.kind }
    public var description: String { "LogAlarm.\(kind): \(message)" }
}

extension LogAlarm {
    /// What to do now.
    public var advice: String {
        switch kind {
        case .splitView:
            "Keep both notes: the signatures prove it to anyone. Tell the log's operator, its witnesses and whoever "
                + "relies on it, and rely on nothing that it signed since the last checkpoint that all agree on."
        case .rollback:
            "Ask the operator whether an older copy was put back. Until that is explained, later entries may be gone: "
                + "keep the newest checkpoint that you have."
        case .stalled: "Ask the operator whether the log still works, and whether this address still serves it."
        case .unsigned:
            "Compare the key with the one that the operator publishes, and the address with the log's. After a change "
                + "of its key give the new one too. If both are right, rely on no new proof of this log."
        case .damaged, .wrongRoot, .missing, .tooLarge:
            "The signed root stands; what is served for it does not hold. Read from another address of the log, and "
                + "tell the operator which resource it is."
        case .unwitnessed: "Ask the operator and the witnesses which of them stopped, and rely on no newer checkpoint."
        }
    }

    public var json: JSONValue {
        var members: [String: JSONValue] = [
            "kind": .string(kind.rawValue), "message": .string(message), "advice": .string(advice),
            "notes": .array(notes.map { .string(String(decoding: $0, as: UTF8.self)) }),
        ]
        members["evidence"] = evidenceFolder.map(JSONValue.string)
        return .object(members)
    }
}
