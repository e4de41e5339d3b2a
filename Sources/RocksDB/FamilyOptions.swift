/// How one column family lies on disk.
public struct FamilyOptions: Sendable {
    public enum Compression: Sendable {
        /// For bytes that look random: digests, signatures, ciphertext.
        case none
        /// For text and DER; the best ratio RocksDB has, still far faster than a disk.
        case zstandard
    }

    public let name: String
    public var compression = Compression.none
    /// Uncompressed size of one block, the unit of reading and compressing.
    public var blockByteCount = 4 << 10
    /// Whether `get` is often asked for keys that are not there.
    public var hasBloomFilter = false
    /// Values from this size on lie in blob files of their own, so that compaction never copies them; `nil` for none.
    public var blobByteCount: Int?

    public init(name: String) { self.name = name }
}
