import Foundation
import Notary

/// `cinnabar log audit` of a large log, beside hashing as many entries and the tree over them.
struct LogAuditing {
    let surroundings: Surroundings
    let scale: Scale

    func round() async throws -> [Sample] {
        let filled = try await FilledLog(surroundings, entries: scale.entries)
        let (notary, _) = try filled.open()
        let entries = Double(notary.size)
        notary.close()
        let limit = TreeHashing.perSecond(leaves: min(scale.entries, 1 << 20))
        let run = try ProgramRun(
            surroundings.programs + "/cinnabar",
            ["log", "audit", "--data", filled.dataFolder],
            keepsOutput: false
        )
        let (peak, seconds) = try await timed {
            var peak = 0.0
            while run.process.isRunning {
                peak = max(peak, run.facts.peakMegabytes ?? 0)
                try await Task.sleep(for: .milliseconds(20))
            }
            try run.finished()
            return peak
        }
        return [
            Sample("audit.limit.tree-hashing", limit, "entries/s"),
            Sample("audit", entries / seconds, "entries/s"),
            Sample("audit.time", seconds, "s"),
            Sample("audit.memory", peak, "MB"),
        ]
    }
}
