import EvidenceStore
import Notary
import Synchronization

/// The rows under an open notary, for changing them as damage or an attacker with the disk could, and back again.
final class StoreRows: Sendable {
    private struct State {
        var backend: (any StoreBackend)?
        var changed: [(family: Family, key: [UInt8], value: [UInt8]?)] = []
    }

    private let state = Mutex(State())

    /// Lets the notary that opens with this configuration work on rows that can be changed.
    func attach(to configuration: inout NotaryConfiguration) {
        let open = configuration.openBackend
        configuration.openBackend = { (folder) throws(StoreError) in
            let backend = try open(folder)
            self.state.withLock { $0.backend = backend }
            return backend
        }
    }

    private var backend: any StoreBackend {
        guard let backend = state.withLock({ $0.backend }) else { preconditionFailure("Attach it and open first.") }
        return backend
    }

    func all(_ family: Family) throws -> [Row] { try backend.rows(Scan(family, limit: 100_000)) }

    /// The row at this place in the order of keys; from the end, if negative.
    func row(_ family: Family, _ number: Int = 0) throws -> Row {
        let rows = try all(family)
        return rows[number < 0 ? rows.count + number : number]
    }

    /// - Parameter value: `nil` deletes the row.
    func set(_ family: Family, _ key: [UInt8], to value: [UInt8]?) throws {
        let before = try backend.value(for: key, in: family)
        state.withLock { $0.changed.append((family, key, before)) }
        try write(family, key, value)
    }

    func delete(_ family: Family, _ number: Int = 0) throws { try set(family, row(family, number).key, to: nil) }

    /// Flips a bit of a row's value.
    func flip(_ family: Family, _ number: Int = 0, byte: Int) throws {
        let row = try row(family, number)
        var value = row.value
        value[byte < 0 ? value.count + byte : byte] ^= 1
        try set(family, row.key, to: value)
    }

    /// Puts everything back.
    func undo() throws {
        let changed = state.withLock { state in
            defer { state.changed = [] }
            return state.changed
        }
        for change in changed.reversed() { try write(change.family, change.key, change.value) }
    }

    private func write(_ family: Family, _ key: [UInt8], _ value: [UInt8]?) throws {
        var batch = WriteBatch()
        if let value { batch.put(value, for: key, in: family) } else { batch.delete(key, in: family) }
        try backend.commit(batch, durability: .buffered)
    }
}
