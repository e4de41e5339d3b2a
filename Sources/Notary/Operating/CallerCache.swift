import Bytes
import OpenSSL
import Synchronization

/// Remembers whose tokens were good, so that a busy client costs no look-ups. Tokens are known by their digests, as in
/// the store.
final class CallerCache: Sendable {
    /// More than are in use at the same time; then it starts over.
    private static let limit = 1024

    private struct State {
        var callers: [Digest256: Caller] = [:]
        /// Raised by every revocation.
        var generation = 0
    }

    private let state = Mutex(State())

    /// - Parameter find: Looks the token up; what it finds is remembered unless a token was revoked meanwhile.
    func caller(forToken text: String, find: () throws -> Caller?) rethrows -> Caller? {
        let digest = SHA256.digest(of: Array(text.utf8))
        let (known, generation) = state.withLock { ($0.callers[digest], $0.generation) }
        if let known { return known }
        guard let caller = try find() else { return nil }
        state.withLock { state in
            guard state.generation == generation else { return }
            if state.callers.count >= Self.limit { state.callers.removeAll(keepingCapacity: true) }
            state.callers[digest] = caller
        }
        return caller
    }

    /// After a token was revoked.
    func forget() {
        state.withLock { state in
            state.callers = [:]
            state.generation += 1
        }
    }
}
