import Synchronization

/// A number that many tasks raise.
final class Counter: Sendable {
    private let number = Atomic<Int>(0)

    var value: Int { number.load(ordering: .relaxed) }

    /// - Returns: The number before.
    @discardableResult
    func increment() -> Int { number.add(1, ordering: .relaxed).oldValue }
}
