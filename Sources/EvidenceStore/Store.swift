import Bytes
import OpenSSL
import Synchronization

/// What must survive a crash: the log, the records, who owns them, and what outsiders said about the log.
///
/// Rows are typed here and lie in a ``StoreBackend``. Records and originals are encrypted under a key of their own,
/// wrapped by the ``MasterKey``, which never enters the store. Calls block; make them off the cooperative pool.
public final class Store: Sendable {
    /// The format that this software writes, and the newest that it reads.
    public static let formatVersion: UInt32 = 1

    let backend: any StoreBackend
    let masterKey: MasterKey
    /// Held from reading to writing where a write depends on what was read.
    private let writing = Mutex(())

    init(_ backend: any StoreBackend, _ masterKey: MasterKey) {
        self.backend = backend
        self.masterKey = masterKey
    }

    /// Makes a store in a folder that has none.
    ///
    /// - Parameter origins: The lanes with their names for ever, schema-less URLs.
    /// - Throws: ``StoreError`` with code `.alreadyExists`, `.full` or `.io`.
    public static func create(
        at folder: String,
        origins: [LaneID: String],
        masterKey: MasterKey
    ) throws(StoreError) -> Store {
        try create(on: RocksDBBackend(folder: folder, expecting: .new), origins: origins, masterKey: masterKey)
    }

    /// - Throws: ``StoreError`` with code `.absent`, `.lockedByAnotherProcess`, `.wrongMasterKey`, `.formatTooNew`,
    ///   `.corrupted` or `.io`.
    public static func open(at folder: String, masterKey: MasterKey) throws(StoreError) -> Store {
        try open(on: RocksDBBackend(folder: folder, expecting: .existing), masterKey: masterKey)
    }

    /// Writes the configuration of a new store on an empty backend.
    public static func create(
        on backend: any StoreBackend,
        origins: [LaneID: String],
        masterKey: MasterKey
    ) throws(StoreError) -> Store {
        guard try backend.value(for: Keys.format, in: .configuration) == nil else {
            throw StoreError(.alreadyExists, "There already is a store on this backend.")
        }
        var version: [UInt8] = []
        version.append(bigEndian: formatVersion)
        var batch = WriteBatch()
        batch.put(version, for: Keys.format, in: .configuration)
        batch.put(try masterKey.sealedCheck(), for: Keys.masterKeyCheck, in: .configuration)
        for (lane, origin) in origins { batch.put(Array(origin.utf8), for: Keys.lane(lane), in: .configuration) }
        // A crash before this line leaves an empty database, which does not open as a store; after it, a whole one.
        try backend.commit(batch, durability: .synced)
        return Store(backend, masterKey)
    }

    /// Checks format and master key, and sweeps originals that a crash left without a record.
    public static func open(on backend: any StoreBackend, masterKey: MasterKey) throws(StoreError) -> Store {
        guard let format = try backend.value(for: Keys.format, in: .configuration),
            let check = try backend.value(for: Keys.masterKeyCheck, in: .configuration)
        else {
            throw StoreError(
                .corrupted,
                "The store has no configuration: making it was cut off. Delete its folder and init again."
            )
        }
        var reader = ByteReader(format)
        guard let version = reader.read(bigEndian: UInt32.self) else { throw .malformedRow(in: .configuration) }
        guard version <= formatVersion else {
            throw StoreError(
                .formatTooNew,
                "The store has format \(version); this version of Cinnabar reads \(formatVersion)."
            )
        }
        try masterKey.verify(check)
        let store = Store(backend, masterKey)
        try store.sweepOriginals()
        return store
    }

    /// The store as it is now, for reading only: what is committed later does not show. Close it, too.
    public func snapshot() throws(StoreError) -> Store { Store(try backend.snapshot(), masterKey) }

    /// The origin of a lane's log, or `nil` when there is no such lane.
    public func origin(of lane: LaneID) throws(StoreError) -> String? {
        try backend.value(for: Keys.lane(lane), in: .configuration).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Every lane with its origin, in order; the top log, where there is one, comes last.
    public func lanes() throws(StoreError) -> [(lane: LaneID, origin: String)] {
        try backend.rows(Scan(.configuration, prefix: Keys.lanePrefix, limit: Int(UInt16.max) + 1))
            .map { (row) throws(StoreError) in
                var reader = ByteReader(row.key.dropFirst(Keys.lanePrefix.count))
                guard let lane = reader.read(bigEndian: UInt16.self), reader.isAtEnd else {
                    throw .malformedRow(in: .configuration)
                }
                return (LaneID(lane), String(decoding: row.value, as: UTF8.self))
            }
    }

    /// Every later call throws ``StoreError`` with code `.closed`. The store can be opened again once running calls
    /// end.
    public func close() { backend.close() }

    func exclusively<Result: Sendable>(_ body: () throws(StoreError) -> Result) throws(StoreError) -> Result {
        try writing.withLock { (_) throws(StoreError) in try body() }
    }
}
