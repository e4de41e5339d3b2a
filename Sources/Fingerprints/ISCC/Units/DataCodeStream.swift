/// Computes the Data-Code of a file while its bytes come in: files that share most of their bytes have close codes.
///
/// Takes the memory of one piece, 8 kB, however long the file is.
public struct DataCodeStream: Sendable {
    private var chunks = ContentChunks()
    private var smallest = MinHash()
    private var isEmpty = true

    public init() {}

    public mutating func update(_ bytes: [UInt8]) {
        var smallest = smallest
        var isEmpty = isEmpty
        chunks.append(bytes) { feature in
            smallest.insert(feature)
            isEmpty = false
        }
        self.smallest = smallest
        self.isEmpty = isEmpty
    }

    /// - Parameter bits: A multiple of 32, at most 256.
    public consuming func unit(bits: Int = ISCC.digestBits) -> ISCCUnit {
        if let last = chunks.last() {
            smallest.insert(last)
        } else if isEmpty {
            smallest.insert(XXH32.hash([]))
        }
        return ISCCUnit(.data, digest: smallest.digest, bits: bits)
    }
}
