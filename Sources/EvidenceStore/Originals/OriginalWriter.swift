/// Encrypts an original as it streams in and writes it in chunks, unsynced: the sync of the registration's batch makes
/// them durable.
///
/// Without a registration the chunks are garbage: ``discard()`` deletes them, after ``finish()``
/// ``Store/discard(_:)`` does, and a writer that is merely dropped, or cut off by a crash, leaves them for the sweep at
/// the next opening. Writes block.
public struct OriginalWriter: ~Copyable, Sendable {
    /// Large enough that a photo is one or two rows, small enough that a reader holds little.
    public static let chunkByteCount = 1 << 20

    private let backend: any StoreBackend
    private let account: AccountID
    private let object: ObjectID
    private let key: RecordKey
    private var pending: [UInt8] = []
    private var chunkCount: UInt32 = 0
    private var byteCount: UInt64 = 0

    init(_ backend: any StoreBackend, account: AccountID) throws(StoreError) {
        let object = try ObjectID.random()
        let key = try RecordKey()
        var batch = WriteBatch()
        batch.put([], for: object.bytes, in: .pendingOriginals)
        // A crash before this line leaves nothing; after it, the sweep finds whatever chunks follow.
        try backend.commit(batch, durability: .buffered)
        self.backend = backend
        self.account = account
        self.object = object
        self.key = key
    }

    /// - Parameter bytes: The next piece, of any length.
    public mutating func append(_ bytes: [UInt8]) throws(StoreError) {
        byteCount += UInt64(bytes.count)
        pending += bytes
        var start = 0
        while pending.count - start >= Self.chunkByteCount {
            try writeChunk(Array(pending[start..<start + Self.chunkByteCount]))
            start += Self.chunkByteCount
        }
        pending.removeFirst(start)
    }

    public consuming func finish() throws(StoreError) -> WrittenOriginal {
        if !pending.isEmpty { try writeChunk(pending) }
        return WrittenOriginal(account: account, byteCount: byteCount, object: object, key: key)
    }

    public consuming func discard() throws(StoreError) { try backend.deleteOriginal(object) }

    private mutating func writeChunk(_ chunk: [UInt8]) throws(StoreError) {
        let place = Keys.chunk(object, chunkCount)
        var batch = WriteBatch()
        batch.put(try key.seal(chunk, authenticating: place), for: place, in: .originals)
        try backend.commit(batch, durability: .buffered)
        chunkCount += 1
    }
}
