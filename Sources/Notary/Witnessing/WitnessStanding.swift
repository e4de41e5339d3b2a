import Bytes
import MerkleLog

/// How a witness did when it was last asked.
struct WitnessStanding: Sendable {
    var lastSuccess: UTCTime?
    /// A sentence for the operator; `nil` after a success.
    var lastFailure: String?
    var cosignatures = 0
    var failures = 0
    /// In a row, since the last success.
    var failuresInRow = 0
    /// Leaves of the checkpoint cosigned last.
    var size = TreeSize.empty
    /// Asked, and not yet answered.
    var isBusy = false
    var nextAttempt: ContinuousClock.Instant?
}
