import Bytes
import MerkleLog
import OpenSSL

/// Watches over feeds. Each has a key of its own, wrapped by the master key, which seals all that it keeps: deleting the
/// watch's row erases its pictures and hits.
extension Store {
    public func createWatch(_ bytes: [UInt8], for account: AccountID) throws(StoreError) -> StoredWatch {
        let id = try WatchID.random()
        let key = try RecordKey()
        let wrapped = try key.wrapped(by: masterKey, id: Self.keyName(of: id))
        var value: [UInt8] = []
        value.append(bigEndian: UInt16(wrapped.count))
        value += wrapped
        value += try key.seal(bytes, authenticating: Self.associated(id, "watch"))
        var batch = WriteBatch()
        batch.put(value, for: Keys.watch(account, id), in: .watches)
        try backend.commit(batch, durability: .synced)
        return StoredWatch(id: id, account: account, bytes: bytes)
    }

    /// `nil` when there is none of this name, or it is another account's.
    public func watch(_ id: WatchID, of account: AccountID) throws(StoreError) -> StoredWatch? {
        guard let value = try backend.value(for: Keys.watch(account, id), in: .watches) else { return nil }
        return try watch(Row(key: Keys.watch(account, id), value: value))
    }

    /// By name, which is no order of time. All accounts' without one.
    public func watches(of account: AccountID? = nil) throws(StoreError) -> [StoredWatch] {
        try backend.rows(Scan(.watches, prefix: account.map(Keys.prefix) ?? [], limit: .max))
            .map { (row) throws(StoreError) in try watch(row) }
    }

    /// Deletes a watch with all that it keeps.
    ///
    /// - Returns: The numbers of its pictures; `nil` when there was no such watch.
    public func deleteWatch(_ id: WatchID, of account: AccountID) throws(StoreError) -> [UInt64]? {
        guard try watch(id, of: account) != nil else { return nil }
        var batch = WriteBatch()
        batch.delete(Keys.watch(account, id), in: .watches)
        // A crash before this line leaves the watch; after it, rows that nobody can open and the next sweep deletes.
        try backend.commit(batch, durability: .synced)
        for family in [Family.feedSeen, .feedHits] { try deleteAll(in: family, prefix: id.bytes) }
        try deleteFeedRows(in: .feedDeliveries) { (row) throws(StoreError) in try Self.delivery(row).watch == id }
        return try deleteFeedRows(in: .feedPictures) { (row) throws(StoreError) in
            try Self.feedRow(row).watch == id
        }.map { (key) throws(StoreError) in try Self.number(key) }
    }

    func watchKey(_ id: WatchID, of account: AccountID) throws(StoreError) -> RecordKey? {
        guard let value = try backend.value(for: Keys.watch(account, id), in: .watches) else { return nil }
        return try watchKey(id, in: value).key
    }

    /// What is sealed for a watch opens in its own place only.
    static func associated(_ id: WatchID, _ place: String) -> [UInt8] { id.bytes + place.utf8 }

    private func watch(_ row: Row) throws(StoreError) -> StoredWatch {
        var reader = ByteReader(row.key)
        guard let account = AccountID(&reader), let id = WatchID(Array(row.key.suffix(reader.remainingCount))) else {
            throw .malformedRow(in: .watches)
        }
        let (key, sealed) = try watchKey(id, in: row.value)
        return StoredWatch(
            id: id,
            account: account,
            bytes: try key.open(sealed, authenticating: Self.associated(id, "watch"))
        )
    }

    private func watchKey(_ id: WatchID, in value: [UInt8]) throws(StoreError) -> (key: RecordKey, sealed: [UInt8]) {
        var reader = ByteReader(value)
        guard let count = reader.read(bigEndian: UInt16.self), value.count >= 2 + Int(count) else {
            throw .malformedRow(in: .watches)
        }
        let wrapped = Array(value[2..<2 + Int(count)])
        let key = try RecordKey(wrapped: wrapped, by: masterKey, id: Self.keyName(of: id))
        return (key, Array(value[(2 + Int(count))...]))
    }

    /// A wrapped key moved to another watch does not open.
    private static func keyName(of id: WatchID) -> LeafHash {
        LeafHash(SHA256.digest(of: "watch/".utf8 + id.bytes))
    }

    private func deleteAll(in family: Family, prefix: [UInt8]) throws(StoreError) {
        while true {
            let rows = try backend.rows(Scan(family, prefix: prefix, limit: Self.sweepPageSize))
            guard !rows.isEmpty else { return }
            try delete(rows.map(\.key), in: family)
        }
    }

    /// - Returns: The keys of the rows that were deleted.
    @discardableResult
    func deleteFeedRows(
        in family: Family,
        where isUnwanted: (Row) throws(StoreError) -> Bool
    ) throws(StoreError) -> [[UInt8]] {
        var deleted: [[UInt8]] = []
        var start: [UInt8]?
        while true {
            let rows = try backend.rows(Scan(family, start: start, limit: Self.sweepPageSize))
            var unwanted: [[UInt8]] = []
            for row in rows where try isUnwanted(row) { unwanted.append(row.key) }
            try delete(unwanted, in: family)
            deleted += unwanted
            guard rows.count == Self.sweepPageSize, let last = rows.last else { return deleted }
            start = last.key + [0]
        }
    }

    private func delete(_ keys: [[UInt8]], in family: Family) throws(StoreError) {
        var batch = WriteBatch()
        for key in keys { batch.delete(key, in: family) }
        try backend.commit(batch, durability: .synced)
    }

    /// Rows read at once where all are walked.
    static let sweepPageSize = 1000
}
