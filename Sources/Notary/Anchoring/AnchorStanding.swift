import Bytes
import MerkleLog

/// How an outsider does, since the notary was opened.
struct AnchorStanding: Sendable, Equatable {
    /// Leaves of the largest checkpoint that it confirmed, ever.
    var size = TreeSize.empty
    var lastSuccess: UTCTime?
    /// A sentence for the operator; `nil` after a success.
    var lastFailure: String?
    var anchors = 0
    var failures = 0
    /// Since when the log has had this outsider, in milliseconds since 1970.
    var start: Int64 = 0
    var isStartKept = false
    /// Unfinished.
    var jobs = 0
    /// Since when the operator has it paused.
    var pausedSince: UTCTime?
    /// Whether it was found late when last looked at.
    var isLate = false
    /// The operator wants it tried now.
    var isRetryWanted = false
}
