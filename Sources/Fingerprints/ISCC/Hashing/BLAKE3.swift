/// BLAKE3 with 256 bits, of a stream of bytes.
///
/// Ours, because no library of it is packaged for Debian 12. Four chunks of 1 kB are hashed side by side.
///
/// Source: the BLAKE3 paper and its reference implementation. Vectors: its `test_vectors.json`.
public struct BLAKE3: Sendable {
    /// Bytes of the last group, which may be the stream's end.
    private var pending: [UInt8] = []
    /// Chunks hashed so far.
    private var chunks: UInt64 = 0
    /// The values of whole subtrees, greatest first: one for each one bit of `chunks`.
    private var subtrees: [Words] = []

    public init() { pending.reserveCapacity(Self.groupBytes) }

    public static func hash(_ bytes: [UInt8]) -> [UInt8] {
        var stream = Self()
        stream.update(bytes)
        return stream.digest
    }

    public mutating func update(_ bytes: [UInt8]) {
        let span = bytes.span
        var position = 0
        if !pending.isEmpty || span.count <= Self.groupBytes {
            position = min(Self.groupBytes - pending.count, span.count)
            pending += bytes[..<position]
            guard position < span.count else { return }
            let group = pending
            // Safe: `push` reads the group's bytes only while `group` lives.
            unsafe push(group.span.bytes, at: 0)
            pending.removeAll(keepingCapacity: true)
        }
        // The last bytes stay: what ends a stream is hashed otherwise.
        while span.count - position > Self.groupBytes {
            // Safe: `push` reads within `span`, which lives as long as `bytes`.
            unsafe push(span.bytes, at: position)
            position += Self.groupBytes
        }
        pending += bytes[position...]
    }

    /// 32 bytes, of all that came so far.
    public var digest: [UInt8] {
        var nodes = subtrees
        var chunk = chunks
        var position = 0
        while pending.count - position > BLAKE3Block.chunkBytes {
            let bytes = Array(pending[position..<position + BLAKE3Block.chunkBytes])
            Self.add(BLAKE3Block.lastBlock(ofChunk: bytes, counter: chunk).value(), as: chunk, to: &nodes)
            chunk += 1
            position += BLAKE3Block.chunkBytes
        }
        var last = BLAKE3Block.lastBlock(ofChunk: Array(pending[position...]), counter: chunk)
        while let left = nodes.popLast() { last = BLAKE3Block(parentOf: left, last.value()) }
        return last.rootBytes
    }

    typealias Words = SIMD8<UInt32>

    private static let groupChunks = 4
    private static let groupBytes = groupChunks * BLAKE3Block.chunkBytes

    /// Hashes four chunks; more bytes are known to follow.
    private mutating func push(_ bytes: RawSpan, at position: Int) {
        for value in BLAKE3Lanes.values(ofChunksIn: bytes, at: position, counter: chunks) {
            Self.add(value, as: chunks, to: &subtrees)
            chunks += 1
        }
    }

    /// A chunk completes as many subtrees as its number has one bits at its end.
    private static func add(_ value: Words, as chunk: UInt64, to nodes: inout [Words]) {
        var value = value
        for _ in 0..<(~chunk).trailingZeroBitCount {
            guard let left = nodes.popLast() else { preconditionFailure("A subtree for each one bit.") }
            value = BLAKE3Block(parentOf: left, value).value()
        }
        nodes.append(value)
    }
}
