import Bytes
import MerkleLog

extension Store {
    /// What was made of the document of a registration, whosever it is: to compare with, not to show.
    ///
    /// - Returns: `nil` when there is none of this name, or the record was erased.
    /// - Throws: ``StoreError`` with code `.corrupted` when it does not open.
    public func derived(_ name: String, at position: LogPosition) throws(StoreError) -> [UInt8]? {
        guard let sealed = try backend.value(for: Keys.derived(position, name), in: .derived),
            let entry = try entry(at: position)
        else { return nil }
        let id = LeafHash(entry: entry)
        guard let key = try recordKey(id, at: position) else { return nil }
        return try key.open(sealed, authenticating: Self.derivedAssociatedBytes(id, name))
    }

    /// The places that have something of this name, after a place or from the beginning; fewer than `limit` only at the
    /// end. For rebuilding an index.
    public func placesWithDerived(
        _ name: String,
        after position: LogPosition?,
        limit: Int
    ) throws(StoreError) -> [LogPosition] {
        var places: [LogPosition] = []
        var start = position.map { Keys.position($0) + [0xFF] }
        while places.count < limit {
            let rows = try backend.rows(Scan(.derived, start: start, limit: limit))
            for row in rows {
                let (place, found) = try Self.derivedPlace(row.key)
                if found == name, places.count < limit { places.append(place) }
            }
            guard rows.count == limit, let last = rows.last else { break }
            start = last.key + [0]
        }
        return places
    }

    /// Whether a row of `derived` belongs to a record that is there and opens: for the audit.
    public func isOfRecord(derived row: Row) throws(StoreError) -> Bool {
        let (position, name) = try Self.derivedPlace(row.key)
        do {
            return try derived(name, at: position) != nil
        } catch {
            guard error.code == .corrupted else { throw error }
            return false
        }
    }

    static func sealed(_ derived: DerivedData, by key: RecordKey, id: LeafHash) throws(StoreError) -> DerivedData {
        let associated = derivedAssociatedBytes(id, derived.name)
        return DerivedData(name: derived.name, bytes: try key.seal(derived.bytes, authenticating: associated))
    }

    /// Sealed data moved to another record or given another name does not open.
    private static func derivedAssociatedBytes(_ id: LeafHash, _ name: String) -> [UInt8] {
        id.digest.bytes + "derived/".utf8 + name.utf8
    }

    private static func derivedPlace(_ key: [UInt8]) throws(StoreError) -> (LogPosition, name: String) {
        guard let position = LogPosition(endOf: Array(key.prefix(LogPosition.byteCount))) else {
            throw .malformedRow(in: .derived)
        }
        return (position, String(decoding: key.dropFirst(LogPosition.byteCount), as: UTF8.self))
    }
}
