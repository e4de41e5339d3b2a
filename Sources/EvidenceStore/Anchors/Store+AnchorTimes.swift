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

    /// Since when the log has had an outsider, in milliseconds since 1970: what came before was never promised it.
    public func start(of outsider: String) throws(StoreError) -> Int64? {
        guard let value = try backend.value(for: Keys.anchorStartPrefix + outsider.utf8, in: .configuration) else {
            return nil
        }
        var reader = ByteReader(value)
        guard let since = reader.read(bigEndian: UInt64.self), reader.isAtEnd else {
            throw .malformedRow(in: .configuration)
        }
        return Int64(bitPattern: since)
    }

    public func setStart(of outsider: String, since: Int64) throws(StoreError) {
        var batch = WriteBatch()
        batch.put(
            Keys.number(UInt64(bitPattern: since)),
            for: Keys.anchorStartPrefix + outsider.utf8,
            in: .configuration
        )
        try backend.commit(batch, durability: .synced)
    }
}
