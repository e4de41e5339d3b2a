import Anchoring
import Bytes
import Notary
import OpenSSL
import Synchronization

/// An outsider that follows a script and counts what took effect, as a ledger does: bytes that it has seen before change
/// nothing, others do.
final class ScriptedLedger: Outsider {
    enum Act: Sendable {
        case confirm
        /// It takes effect, and the answer comes only when it is asked again.
        case promise
        /// It takes effect, and the answer is lost on the way.
        case loseAnswer
        /// It wants other bytes.
        case replace
        case fail(OutsiderError.Code)
        /// It says nothing until it is no more asked.
        case stall
        case give([AnchorFile])
    }

    private struct State {
        var acts: [Act] = []
        /// What took effect, by checkpoint; the bytes of a replacement take the place of those that they replace.
        var effects: [UInt64: Set<[UInt8]>] = [:]
        var submissions: [[UInt8]] = []
        var made = 0
        var refusesToPrepare = false
        var onSubmit: (@Sendable ([UInt8], UInt64) -> Void)?
    }

    let name: String
    let concurrency: Int
    private let state = Mutex(State())

    init(_ name: String, concurrency: Int = 1) {
        self.name = name
        self.concurrency = concurrency
    }

    /// Of each checkpoint, how many different transactions took effect.
    var effects: [UInt64: Int] { state.withLock { $0.effects.mapValues(\.count) } }
    var submissions: [[UInt8]] { state.withLock { $0.submissions } }
    var preparedCount: Int { state.withLock { $0.made } }

    /// What it does next, one for each call of `prepare`, `submit` and `advance` that has a choice; then it confirms.
    func script(_ acts: Act...) { state.withLock { $0.acts += acts } }
    func onSubmit(_ body: @escaping @Sendable ([UInt8], UInt64) -> Void) { state.withLock { $0.onSubmit = body } }

    func refuseToPrepare(once: Bool) { state.withLock { $0.refusesToPrepare = once } }

    func plan(interval: Int = 600, deadline: Int = 3600, isSelfOperated: Bool = false) -> OutsiderPlan {
        OutsiderPlan(
            name: name,
            kind: .ledger,
            intervalSeconds: interval,
            deadlineSeconds: deadline,
            isSelfOperated: isSelfOperated,
            callSeconds: 2
        ) { _ in self }
    }

    /// Never the same twice, as a nonce or a fee is not: bytes that were lost after they were sent would take effect
    /// beside the new ones.
    func prepare(_ checkpoint: OutgoingCheckpoint) async throws -> [UInt8] {
        let number = try state.withLock { state in
            defer { state.refusesToPrepare = false }
            guard !state.refusesToPrepare else { throw OutsiderError(.unreachable, "No nonce is to be had.") }
            state.made += 1
            return state.made
        }
        return Array("\(checkpoint.size) \(checkpoint.root.hex) \(number)".utf8)
    }

    func submit(_ prepared: [UInt8], for checkpoint: OutgoingCheckpoint) async throws -> AnchorProgress {
        let (act, hook) = state.withLock { state in
            state.submissions.append(prepared)
            return (state.acts.isEmpty ? Act.confirm : state.acts.removeFirst(), state.onSubmit)
        }
        hook?(prepared, checkpoint.size)
        switch act {
        case .confirm, .promise, .loseAnswer, .give:
            _ = state.withLock { $0.effects[checkpoint.size, default: []].insert(prepared) }
        case .replace, .fail, .stall: break
        }
        return try await answer(act, checkpoint, prepared)
    }

    func advance(
        _ progress: [UInt8],
        prepared: [UInt8],
        for checkpoint: OutgoingCheckpoint
    ) async throws -> AnchorProgress {
        precondition(progress == prepared, "The state comes back as it was given.")
        let act = state.withLock { $0.acts.isEmpty ? Act.confirm : $0.acts.removeFirst() }
        return try await answer(act, checkpoint, prepared)
    }

    private func answer(_ act: Act, _ checkpoint: OutgoingCheckpoint, _ prepared: [UInt8]) async throws
        -> AnchorProgress
    {
        switch act {
        case .confirm: return .anchored([file("confirmed", checkpoint)])
        case .promise: return .pending(state: prepared, files: [file("promised", checkpoint)], pauseSeconds: 60)
        case .loseAnswer: throw OutsiderError(.unreachable, "The answer was lost.")
        case .replace: return .replaced(prepared: prepared + Array(" again".utf8))
        case .fail(let code): throw OutsiderError(code, "It does not.")
        case .stall:
            try await Task.sleep(for: .seconds(3600))
            throw OutsiderError(.unreachable, "Never.")
        case .give(let files): return .anchored(files)
        }
    }

    /// Of a kind that no version knows: kept byte for byte, and reported as unknown.
    private func file(_ word: String, _ checkpoint: OutgoingCheckpoint) -> AnchorFile {
        AnchorFile(name: "\(name).scripted", bytes: Array("\(word) \(checkpoint.signedDigest.hex)".utf8))
    }
}
