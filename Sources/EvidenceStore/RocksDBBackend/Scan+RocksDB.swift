import RocksDB

extension Scan {
    /// Longer scans walk whole families, at start or for an audit, and would push out what requests need.
    private static let cachedRowLimit = 1_000

    /// The rows in a database, now or at the moment of a snapshot.
    func rows(in database: Database, at snapshot: Snapshot?) throws(StoreError) -> [Row] {
        try StoreError.translating { () throws(RocksDBError) in
            let cursor = Cursor(
                database,
                family: family.position,
                fillCache: limit <= Self.cachedRowLimit,
                snapshot: snapshot
            )
            try begin(cursor)
            var rows: [Row] = []
            while rows.count < limit, let key = try cursor.key(), key.starts(with: prefix) {
                rows.append(Row(key: key, value: cursor.value()))
                if isDescending { cursor.previous() } else { cursor.next() }
            }
            return rows
        }
    }

    private func begin(_ cursor: borrowing Cursor) throws(RocksDBError) {
        guard isDescending else {
            let start = start ?? prefix
            return cursor.seek(toOrAfter: start.lexicographicallyPrecedes(prefix) ? prefix : start)
        }
        if let start { return cursor.seek(toOrBefore: start) }
        guard let end = prefix.firstKeyAfterPrefix else { return cursor.seekToLast() }
        cursor.seek(toOrBefore: end)
        if try cursor.key() == end { cursor.previous() }
    }
}
