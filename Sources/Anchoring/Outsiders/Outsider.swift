/// Someone outside who commits to a checkpoint: a timestamp authority, a calendar, a ledger.
///
/// Each step's result is made durable by the caller before the next step is taken, so every step may be taken again
/// after a crash: ``submit(_:for:)`` sends the very bytes that ``prepare(_:)`` made, and an outsider that already has
/// them must be recognized as success. No method waits for long: what takes hours is asked for again.
public protocol Outsider: Sendable {
    /// As configured: small letters, digits and hyphens. Names the anchor's files.
    var name: String { get }
    /// How many checkpoints may be under way at once. A ledger whose transactions are numbered takes one.
    var concurrency: Int { get }

    /// Makes what will be sent. It may ask the outsider questions (a nonce, a fee) and commits to nothing.
    func prepare(_ checkpoint: OutgoingCheckpoint) async throws -> [UInt8]

    /// Sends what was prepared; as the same bytes however often.
    func submit(_ prepared: [UInt8], for checkpoint: OutgoingCheckpoint) async throws -> AnchorProgress

    /// Asks how it stands.
    ///
    /// - Parameter state: What the last ``AnchorProgress/pending(state:files:pauseSeconds:)`` gave.
    func advance(
        _ state: [UInt8],
        prepared: [UInt8],
        for checkpoint: OutgoingCheckpoint
    ) async throws -> AnchorProgress
}

/// How far an outsider has come with one checkpoint.
public enum AnchorProgress: Sendable, Equatable {
    /// The outsider has it and has not confirmed it yet.
    ///
    /// - Parameters:
    ///   - state: Given back at the next asking.
    ///   - files: What proves something by now, such as a calendar's promise; may be none.
    ///   - pauseSeconds: It makes no sense to ask earlier.
    case pending(state: [UInt8], files: [AnchorFile], pauseSeconds: Int)
    /// Other bytes must go out instead, such as the same call with a higher fee: they are kept first, then submitted.
    case replaced(prepared: [UInt8])
    /// Done: these files prove it.
    case anchored([AnchorFile])
}
