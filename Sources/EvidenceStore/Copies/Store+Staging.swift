import Foundation
import MerkleLog

extension Store {
    private static let keyPageSize = 4096
    /// What no copy's files hold: keys, which lie apart, and searches, which end sooner than copies do.
    private static let leftOut: [Family] = [.recordKeys, .searches, .searchData]

    /// Links the store's files of this moment into a new folder, hands out the records' keys, and takes them and
    /// kept searches out of the links. Registrations go on meanwhile; everything committed before the call is in it.
    ///
    /// - Parameters:
    ///   - folder: Is made, on the file system of the store; its parent exists, and it does not. It is the caller's to
    ///     remove, also when this throws.
    ///   - takeKeys: Is given every key that there is, in chunks in order of the lanes and their indexes.
    /// - Throws: ``StoreError``, with `.invalidArgument` when the store lies in no files; and what `takeKeys` throws.
    package func stage(in folder: String, takeKeys: (KeyChunk) throws -> Void) throws -> StagedStore {
        guard let backend = backend as? any LinkableBackend else {
            throw StoreError(.invalidArgument, "This store does not lie in files, so it has no store copies.")
        }
        let identity = try backend.identity()
        try backend.link(into: folder)
        // Opening replays the write-ahead log into tables. From here on the links are a database of their own.
        let linked = try RocksDBBackend.openLinked(folder)
        let logs: [StagedStore.Log]
        do {
            defer { linked.close() }
            let store = Store(linked, masterKey)
            logs = try store.lanes().map { (lane, origin) in
                StagedStore.Log(lane: lane, origin: origin, head: try store.head(of: lane))
            }
            try store.readKeys(takeKeys)
            for family in Self.leftOut { try linked.drop(family) }
        }
        // Opening without the families deletes their files, and writes a manifest that does not name them.
        try RocksDBBackend.openLinked(folder, without: Self.leftOut).close()
        return StagedStore(
            folder: folder,
            identity: identity,
            logs: logs,
            fileNames: try StagedStore.fileNames(
                of: FileManager.default.contentsOfDirectory(atPath: folder),
                in: folder
            )
        )
    }

    private func readKeys(_ take: (KeyChunk) throws -> Void) throws {
        var chunk: KeyChunk?
        var start: [UInt8] = []
        while true {
            let rows = try backend.rows(Scan(.recordKeys, start: start, limit: Self.keyPageSize))
            for row in rows {
                guard row.key.count == LogPosition.byteCount, let position = LogPosition(endOf: row.key) else {
                    throw StoreError.malformedRow(in: .recordKeys)
                }
                if let full = chunk, !full.covers(position) {
                    try take(full)
                    chunk = nil
                }
                var current = chunk ?? KeyChunk(lane: position.lane, covering: position.index.value)
                chunk = nil  // so that the append below does not copy
                current.append(row.value, at: position)
                chunk = current
            }
            guard rows.count == Self.keyPageSize, let last = rows.last else { break }
            start = last.key + [0]
        }
        if let chunk { try take(chunk) }
    }

    /// Puts records' keys back into a store that was made of a copy's files.
    ///
    /// Keys of records that this store does not have yet are left out: a copy's keys may be newer than its rows.
    ///
    /// - Returns: How many were put.
    package func put(_ chunk: KeyChunk) throws(StoreError) -> Int {
        let size = try head(of: chunk.lane)?.size.value ?? 0
        var batch = WriteBatch()
        for (offset, wrapped) in chunk.keys where chunk.first + UInt64(offset) < size {
            let position = LogPosition(lane: chunk.lane, index: LeafIndex(chunk.first + UInt64(offset)))
            batch.put(wrapped, for: Keys.position(position), in: .recordKeys)
        }
        try backend.commit(batch, durability: .synced)
        return batch.operations.count
    }
}
