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
                let id = json["id"]?.stringValue.flatMap({ LeafHash(hex: $0) }),
                let index = json["index"]?.integerValue,
                let checkpoint = json["checkpoint"]?.stringValue
            else { return nil }
            self.id = id
            self.index = UInt64(index)
            self.checkpoint = checkpoint
            wasReplayed = answer.status == 200
        }
    }

    private struct State {
        var attempts = 0
        var acknowledged: [Attempt: Acknowledgement] = [:]
        var unanswered: Set<Attempt> = []
        var refusals: [String] = []
    }

    private let state = Mutex(State())

    var acknowledged: [Attempt: Acknowledgement] { state.withLock { $0.acknowledged } }
    var unanswered: Set<Attempt> { state.withLock { $0.unanswered } }
    /// Answers that no kill explains.
    var refusals: [String] { state.withLock { $0.refusals } }

    func nextAttempt() -> Attempt {
        state.withLock {
            $0.attempts += 1
            return Attempt(number: $0.attempts)
        }
    }

    func acknowledge(_ attempt: Attempt, _ acknowledgement: Acknowledgement) {
        state.withLock {
            $0.acknowledged[attempt] = acknowledgement
            $0.unanswered.remove(attempt)
        }
    }

    func leaveUnanswered(_ attempt: Attempt) {
        state.withLock { _ = $0.unanswered.insert(attempt) }
    }

    func refuse(_ attempt: Attempt, _ answer: Client.Answer) {
        state.withLock { $0.refusals.append("\(attempt.key) got \(answer.status): \(answer.text)") }
    }
}
