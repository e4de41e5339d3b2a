import Bytes

extension Store {
    /// Since when an outsider is paused, in milliseconds since 1970; `nil` when it is not.
    public func pause(of outsider: String) throws(StoreError) -> Int64? {
        guard let value = try backend.value(for: Keys.pausePrefix + outsider.utf8, in: .configuration) else {
            return nil
        }
        var reader = ByteReader(value)
        guard let since = reader.read(bigEndian: UInt64.self), reader.isAtEnd else {
            throw .malformedRow(in: .configuration)
        }
        return Int64(bitPattern: since)
    }

    /// Pauses an outsider over restarts, or resumes it.
    ///
    /// - Parameter since: `nil` resumes.
    public func setPause(of outsider: String, since: Int64?) throws(StoreError) {
        let key = Keys.pausePrefix + outsider.utf8
        var batch = WriteBatch()
        if let since {
            batch.put(Keys.number(UInt64(bitPattern: since)), for: key, in: .configuration)
        } else {
            batch.delete(key, in: .configuration)
        }
        try backend.commit(batch, durability: .synced)
    }

    /// Since when the log has had an outsider: what came before was never promised it. The first call says so.
    public func start(of outsider: String, now: Int64) throws(StoreError) -> Int64 {
        try exclusively { () throws(StoreError) in
            let key = Keys.anchorStartPrefix + outsider.utf8
            if let value = try backend.value(for: key, in: .configuration) {
                var reader = ByteReader(value)
                guard let since = reader.read(bigEndian: UInt64.self), reader.isAtEnd else {
                    throw .malformedRow(in: .configuration)
                }
                return Int64(bitPattern: since)
            }
            var batch = WriteBatch()
            batch.put(Keys.number(UInt64(bitPattern: now)), for: key, in: .configuration)
            try backend.commit(batch, durability: .synced)
            return now
        }
    }
}
