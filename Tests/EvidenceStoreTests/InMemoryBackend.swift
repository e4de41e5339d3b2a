import EvidenceStore
import Synchronization

/// Rows in a dictionary, with writes that fail on demand.
final class InMemoryBackend: StoreBackend {
    enum Fault { case beforePersisting, afterPersisting }

    private struct State {
        var rows: [Family: [[UInt8]: [UInt8]]] = [:]
        var isClosed = false
        var commitCount = 0
        var fault: (commit: Int, Fault)?
    }

    private let state: Mutex<State>

    init() { state = Mutex(State()) }

    /// A backend with the same rows, as opening again after a crash finds them.
    init(reopening other: InMemoryBackend) {
        let rows = other.state.withLock { $0.rows }
        state = Mutex(State(rows: rows))
    }

    var commitCount: Int { state.withLock { $0.commitCount } }

    /// Makes the commit with this number, from 0, fail.
    func fail(_ fault: Fault, atCommit commit: Int) { state.withLock { $0.fault = (commit, fault) } }

    /// Changes a stored row as an attacker with the disk could.
    func tamper(_ family: Family, _ change: (inout [[UInt8]: [UInt8]]) -> Void) {
        state.withLock { change(&$0.rows[family, default: [:]]) }
    }

    func rowCount(_ family: Family) -> Int { state.withLock { $0.rows[family]?.count ?? 0 } }

    func value(for key: [UInt8], in family: Family) throws(StoreError) -> [UInt8]? {
        try opened { $0.rows[family]?[key] }
    }

    func rows(_ scan: Scan) throws(StoreError) -> [Row] {
        let rows = try opened { $0.rows[scan.family] ?? [:] }
        let keys = rows.keys.filter { key in
            guard key.starts(with: scan.prefix) else { return false }
            guard let start = scan.start, start != key else { return true }
            return scan.isDescending == key.lexicographicallyPrecedes(start)
        }
        let sorted = keys.sorted { $0.lexicographicallyPrecedes($1) != scan.isDescending }
        return sorted.prefix(scan.limit).map { Row(key: $0, value: rows[$0] ?? []) }
    }

    func commit(_ batch: WriteBatch, durability: Durability) throws(StoreError) {
        let failure: StoreError? = try opened { state in
            defer { state.commitCount += 1 }
            let fault = state.fault.flatMap { $0.commit == state.commitCount ? $0.1 : nil }
            if fault != .beforePersisting { Self.apply(batch, to: &state.rows) }
            return fault == nil ? nil : StoreError(.io, "Injected.")
        }
        if let failure { throw failure }
    }

    func snapshot() throws(StoreError) -> any StoreBackend {
        try opened { _ in }
        return InMemoryBackend(reopening: self)
    }

    func purge(_ family: Family) throws(StoreError) -> Bool { try opened { _ in true } }

    func close() { state.withLock { $0.isClosed = true } }

    private static func apply(_ batch: WriteBatch, to rows: inout [Family: [[UInt8]: [UInt8]]]) {
        for operation in batch.operations { rows[operation.family, default: [:]][operation.key] = operation.value }
    }

    private func opened<Result: Sendable>(_ body: (inout State) -> Result) throws(StoreError) -> Result {
        let result: Result? = state.withLock { $0.isClosed ? nil : body(&$0) }
        guard let result else { throw StoreError(.closed, "The store was closed.") }
        return result
    }
}
