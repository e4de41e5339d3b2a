import Synchronization

/// How many requests may do one expensive thing at once. Beyond that a request is refused at once, never queued: its
/// client knows best when to come back.
final class Slots: Sendable {
    private let free: Mutex<Int>

    init(_ count: Int) { free = Mutex(count) }

    /// - Throws: ``ServerError`` with `.busy`, or what `body` throws.
    func withSlot<Value>(_ body: () async throws -> Value) async throws -> Value {
        let isFree = free.withLock { count in
            guard count > 0 else { return false }
            count -= 1
            return true
        }
        guard isFree else { throw ServerError(.busy, "Too many requests of this kind at once. Try again soon.") }
        defer { free.withLock { $0 += 1 } }
        return try await body()
    }
}
