import RocksDB

extension StoreError {
    init(_ error: RocksDBError) {
        switch error.code {
        case .corrupted:
            self.init(
                .corrupted,
                "The database is damaged. Keep its folder as it is. `cinnabar store recover` says whether all that was "
                    + "acknowledged can be saved from it; if not, restore a copy of the store.",
                cause: error
            )
        case .full:
            self.init(.full, "The disk is full. Make room and restart; nothing acknowledged is lost.", cause: error)
        case .lockedByAnotherProcess:
            self.init(
                .lockedByAnotherProcess,
                "Another process has the store open. Stop it, or talk to it by `--server`.",
                cause: error
            )
        case .absent: self.init(.absent, "There is no store in this folder. Make one by `cinnabar init`.", cause: error)
        case .alreadyExists: self.init(.alreadyExists, "There already is a store in this folder.", cause: error)
        case .unknownFamily:
            self.init(.formatTooNew, "A later version of Cinnabar wrote this store. Run that version.", cause: error)
        case .io, .failed:
            self.init(.io, "The disk could not be read or written. See the log for the system's reason.", cause: error)
        }
    }

    static func translating<Result>(_ body: () throws(RocksDBError) -> Result) throws(StoreError) -> Result {
        do { return try body() } catch { throw StoreError(error) }
    }
}
