/// What a run of kills came to. The three that must be 0 are counted, not only expected.
struct KillCounts: Sendable {
    var underLoad = 0
    /// Of these, those that met a batch on its way.
    var duringBatches = 0
    var whileRecovering = 0
    var acknowledged = 0
    var retried = 0
    var alreadyThere = 0
    var entries = 0
    var originals = 0
    var checkpointsSeen = 0
    var lost = 0
    var reusedIndexes = 0
    var inconsistentCheckpoints = 0

    var kills: Int { underLoad + whileRecovering }
    var isGood: Bool { lost == 0 && reusedIndexes == 0 && inconsistentCheckpoints == 0 }

    static func += (left: inout Self, right: Self) {
        left.underLoad += right.underLoad
        left.duringBatches += right.duringBatches
        left.whileRecovering += right.whileRecovering
        left.acknowledged += right.acknowledged
        left.retried += right.retried
        left.alreadyThere += right.alreadyThere
        left.entries += right.entries
        left.originals += right.originals
        left.checkpointsSeen += right.checkpointsSeen
        left.lost += right.lost
        left.reusedIndexes += right.reusedIndexes
        left.inconsistentCheckpoints += right.inconsistentCheckpoints
    }

    var text: String {
        """
        \(kills) kills (\(underLoad) under load, \(duringBatches) of them during batches; \(whileRecovering) while \
        recovering); \(acknowledged) acknowledged, \(lost) lost; \(entries) entries, \(originals) originals, \
        \(reusedIndexes) indexes reused; \(checkpointsSeen) checkpoints seen, \(inconsistentCheckpoints) inconsistent; \
        \(retried) retried, of which \(alreadyThere) were already in the log
        """
    }
}
