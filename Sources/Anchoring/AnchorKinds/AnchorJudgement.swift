/// What an anchor proves offline, for one named check of a report.
public struct AnchorJudgement: Sendable, Equatable {
    public enum Standing: Sendable, Equatable {
        /// It leads from `checkpoint.signed` to something that the checker accepts.
        case vouched
        /// Sound in itself; whether its block or signer is the real one, nobody whom the checker named has said.
        case sound
        /// The outsider has promised and not yet confirmed.
        case pending
        /// It does not prove what it is said to.
        case failed
        /// Not a check of its own, such as the headers beside a proof.
        case companion
    }

    public let standing: Standing
    /// What was found, in one sentence.
    public let found: String
    /// What must be taken on trust or compared elsewhere even when the check passes; `nil` if nothing.
    public let remains: String?
    /// The outsider's own time, in seconds since 1970.
    public let seconds: Int64?
    /// Whether the log's own operator runs the outsider: order is proved then, a date is not.
    public let isSelfOperated: Bool
    /// The standard that was applied.
    public let rule: String
    /// Redoes the check with stock tools, in the unpacked evidence file; `FOLDER` stands for the checkpoint's folder.
    public let command: String?

    public init(
        _ standing: Standing,
        found: String,
        remains: String? = nil,
        seconds: Int64? = nil,
        isSelfOperated: Bool = false,
        rule: String,
        command: String? = nil
    ) {
        self.standing = standing
        self.found = found
        self.remains = remains
        self.seconds = seconds
        self.isSelfOperated = isSelfOperated
        self.rule = rule
        self.command = command
    }
}
