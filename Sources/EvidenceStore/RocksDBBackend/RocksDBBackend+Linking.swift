import RocksDB

extension RocksDBBackend: LinkableBackend {
    /// RocksDB's own file with a UUID. Links do not take it along: whatever opens them first gets another.
    private static let identityName = "IDENTITY"
    private static let identityLimitBytes = 256

    func identity() throws(StoreError) -> String {
        guard
            let (bytes, _) = try DurableFile.read(
                folder + "/" + Self.identityName,
                limitBytes: Self.identityLimitBytes
            ),
            !bytes.isEmpty
        else {
            throw StoreError(.corrupted, "The database's file IDENTITY is missing. Restart, and it is made anew.")
        }
        return String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    }

    func link(into folder: String) throws(StoreError) {
        let database = try share()
        try StoreError.translating { () throws(RocksDBError) in try database.link(into: folder) }
    }

    /// Opens a folder of links. Tables stay the very files that they are: nothing merges them.
    ///
    /// - Parameter dropped: Families that are no longer there.
    static func openLinked(_ folder: String, without dropped: [Family] = []) throws(StoreError) -> Self {
        var options = DatabaseOptions(.existing)
        options.compactsByItself = false
        // What opening needs to replay the write-ahead log; nobody reads much here.
        options.blockCacheByteCount = 8 << 20
        let families = families.filter { family in !dropped.contains { $0.rawValue == family.name } }
        let database = try StoreError.translating { () throws(RocksDBError) in
            try Database(folder: folder, families: families, options: options)
        }
        return Self(database, folder: folder)
    }

    /// Deletes a family with all its rows: with its files, once the folder was opened again without it.
    func drop(_ family: Family) throws(StoreError) {
        let database = try share()
        try StoreError.translating { () throws(RocksDBError) in try database.dropFamily(family.position) }
    }
}
