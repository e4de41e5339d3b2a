import Bytes
import Evidence
import MerkleLog
import Programs
import Synchronization

/// What the clients know: which attempts were acknowledged, and with what; and which got no answer.
final class Ledger: Sendable {
    struct Acknowledgement: Equatable, Sendable {
        let id: LeafHash
        let index: UInt64
        /// The signed checkpoint of the answer.
        let checkpoint: String
        let wasReplayed: Bool

        /// - Returns: `nil` unless the answer says that the registration was made.
        init?(_ answer: Client.Answer) {
            guard [200, 201].contains(answer.status), let json = try? answer.json,
                let checkpoint = json["checkpoint"]?.stringValue
            else { return nil }
            self.init(json, checkpoint: checkpoint, wasReplayed: answer.status == 200)
        }

        /// - Parameter checkpoints: Those of the batch's last line, by size.
        init?(line: JSONValue, checkpoints: [Int64: String]) {
            guard let status = line["status"]?.integerValue, [200, 201].contains(status),
                let checkpoint = line["size"]?.integerValue.flatMap({ checkpoints[$0] })
            else { return nil }
            self.init(line, checkpoint: checkpoint, wasReplayed: status == 200)
        }

        private init?(_ json: JSONValue, checkpoint: String, wasReplayed: Bool) {
            guard let id = json["id"]?.stringValue.flatMap({ LeafHash(hex: $0) }),
                let index = json["index"]?.integerValue
            else { return nil }
            self.id = id
            self.index = UInt64(index)
            self.checkpoint = checkpoint
            self.wasReplayed = wasReplayed
        }
    }

    private struct State {
        var attempts = 0
        var acknowledged: [Attempt: Acknowledgement] = [:]
        /// Since they were last taken.
        var fresh: [(Attempt, Acknowledgement)] = []
        var unanswered: Set<Attempt> = []
        var refusals: [String] = []
        var batchesInFlight = 0
    }

    private let state = Mutex(State())

    var acknowledged: [Attempt: Acknowledgement] { state.withLock { $0.acknowledged } }
    var acknowledgedCount: Int { state.withLock { $0.acknowledged.count } }
    var unanswered: Set<Attempt> { state.withLock { $0.unanswered } }
    /// Answers that no kill explains.
    var refusals: [String] { state.withLock { $0.refusals } }
    var batchesInFlight: Int { state.withLock { $0.batchesInFlight } }

    func nextAttempt(isLine: Bool = false) -> Attempt {
        state.withLock {
            $0.attempts += 1
            return Attempt(number: $0.attempts, isLine: isLine)
        }
    }

    func acknowledge(_ attempt: Attempt, _ acknowledgement: Acknowledgement) {
        state.withLock {
            $0.acknowledged[attempt] = acknowledgement
            $0.fresh.append((attempt, acknowledgement))
            $0.unanswered.remove(attempt)
        }
    }

    /// What was acknowledged since this was called last.
    func takeFresh() -> [(attempt: Attempt, acknowledgement: Acknowledgement)] {
        state.withLock { state in
            defer { state.fresh = [] }
            return state.fresh
        }
    }

    func leaveUnanswered(_ attempt: Attempt) {
        state.withLock { _ = $0.unanswered.insert(attempt) }
    }

    func refuse(_ attempt: Attempt, _ answer: String) {
        state.withLock { $0.refusals.append("\(attempt.key) got \(answer)") }
    }

    func countBatch(_ change: Int) { state.withLock { $0.batchesInFlight += change } }
}
