import Anchoring
import EvidenceStore

/// The life of an anchor as a plain state machine: no clock, store or network. What it says is made durable before the
/// next move is taken.
///
/// *intended* → *prepared* → *submitted* → *finished*. Other bytes in place of the sent ones lead from *submitted* back to
/// *prepared*.
extension StoredAnchorJob {
    /// Longest pause after failures: an outsider that is back is noticed within it.
    static let longestPauseSeconds: Int64 = 600
    /// The pause after the first failure; doubled by each further one.
    static let firstPauseSeconds: Int64 = 5
    /// A time further ahead than this comes of a clock that was wrong, or of an outsider that wants too much.
    static let longestRestSeconds: Int64 = 86_400

    /// - Parameters:
    ///   - now: Milliseconds since 1970.
    ///   - isForced: The operator said so: pauses do not hold.
    func move(at now: Int64, isForced: Bool = false) -> AnchorMove {
        let isResting = nextAttempt > now && nextAttempt <= now + Self.longestRestSeconds * 1000
        guard isForced || !isResting || state == .finished else { return .rest(until: nextAttempt) }
        switch state {
        case .intended: return .prepare
        case .prepared: return .submit
        // Sent, but what was answered is not known: the same bytes go out again.
        case .submitted: return progress.map { .advance(state: $0) } ?? .submit
        case .finished: return .end
        }
    }

    mutating func take(prepared bytes: [UInt8], at now: Int64) {
        precondition(state == .intended, "Bytes are made once.")
        (state, prepared) = (.prepared, bytes)
        endFailures(now)
    }

    /// Before each sending.
    mutating func countAttempt() {
        precondition(state == .prepared || state == .submitted, "What is sent was made.")
        state = .submitted
        attempts &+= 1
    }

    mutating func take(_ answer: AnchorProgress, at now: Int64) {
        precondition(state == .submitted, "Only what was sent is answered.")
        endFailures(now)
        switch answer {
        case .pending(let state, _, let pauseSeconds):
            progress = state
            nextAttempt = now + min(max(Int64(pauseSeconds), 0), Self.longestRestSeconds) * 1000
        case .replaced(let bytes):
            (state, prepared, progress) = (.prepared, bytes, nil)
        case .anchored:
            (state, prepared, progress) = (.finished, [], nil)
        }
    }

    /// - Parameter isHopeless: Nothing helps until the operator changes something.
    mutating func fail(_ sentence: String, at now: Int64, isHopeless: Bool = false) {
        lastFailure = String(sentence.prefix(Self.sentenceLimit))
        let doublings = min(failures, 16)
        failures &+= 1
        let pause = isHopeless ? Self.longestPauseSeconds : Self.firstPauseSeconds << Int64(doublings)
        nextAttempt = now + min(pause, Self.longestPauseSeconds) * 1000
    }

    private mutating func endFailures(_ now: Int64) { (failures, lastFailure, nextAttempt) = (0, nil, now) }

    /// Sentences of providers may be long; an operator reads the beginning.
    private static let sentenceLimit = 500
}
