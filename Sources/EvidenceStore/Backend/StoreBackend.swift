/// Where rows lie. One folder for each backend; ``RocksDBBackend`` is the default.
///
/// Calls come from any thread and may block. After ``close()`` each throws ``StoreError`` with code `.closed`.
public protocol StoreBackend: Sendable {
    func value(for key: [UInt8], in family: Family) throws(StoreError) -> [UInt8]?

    /// Rows as they were at one moment.
    func rows(_ scan: Scan) throws(StoreError) -> [Row]

    /// Commits all of a batch or none of it. When it throws, either may be the case.
    func commit(_ batch: WriteBatch, durability: Durability) throws(StoreError)

    /// The rows as they are now, for reading only: whatever is committed later does not show, and commits throw
    /// ``StoreError`` with code `.invalidArgument`. Close it when it is no longer needed.
    func snapshot() throws(StoreError) -> any StoreBackend

    /// Takes rows of this family that were deleted out of the files, where a thief could still read them.
    ///
    /// Blocks for as long as it takes to write the family anew; other calls go on meanwhile.
    ///
    /// - Returns: Whether nothing that was deleted before the call is left; `false` while a snapshot keeps it.
    func purge(_ family: Family) throws(StoreError) -> Bool

    /// Lets go of the store once running calls end.
    func close()
}
