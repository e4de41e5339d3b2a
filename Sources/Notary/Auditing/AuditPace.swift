import Dispatch
import Foundation
import Synchronization

/// How hard an audit works: on all cores as fast as it can, or slowly beside a server at work.
struct AuditPace: Sendable {
    /// Pieces of work that go on at once.
    let workers: Int
    /// Called before each piece with the entries or rows in it: may wait, and throws to end the audit.
    let pause: @Sendable (_ count: Int) throws -> Void

    static var full: Self { Self(workers: ProcessInfo.processInfo.activeProcessorCount) { _ in } }

    /// Does pieces of work side by side; their results come in order.
    ///
    /// - Throws: What the first piece that failed threw, in order of the pieces.
    func map<Result: Sendable>(_ count: Int, _ work: @Sendable (Int) throws -> Result) throws -> [Result] {
        guard workers > 1, count > 1 else { return try (0..<count).map(work) }
        let results = Mutex<[Int: Swift.Result<Result, any Error>]>([:])
        DispatchQueue.concurrentPerform(iterations: count) { number in
            let result = Swift.Result { try work(number) }
            results.withLock { $0[number] = result }
        }
        let all = results.withLock { $0 }
        return try (0..<count).compactMap { try all[$0]?.get() }
    }
}
