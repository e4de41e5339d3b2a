import Hamming

/// What came last and is in no segment yet: compared one by one.
///
/// A plain value in chunks: copying it costs one reference per chunk, and the first change after a copy duplicates one
/// chunk only.
struct Tail: Sendable {
    struct Chunk: Sendable {
        /// Small enough to duplicate in some microseconds.
        static let capacity = 1024

        fileprivate(set) var fingerprints: [SIMD4<UInt64>] = []
        fileprivate(set) var keys: [EntryKey] = []
    }

    private(set) var chunks: [Chunk] = []
    /// Whether the last chunk takes more.
    private var isLastOpen = false
    private(set) var count = 0

    mutating func append(_ fingerprint: SIMD4<UInt64>, key: EntryKey) {
        if !isLastOpen || chunks[chunks.count - 1].keys.count == Chunk.capacity {
            chunks.append(Chunk())
            isLastOpen = true
        }
        chunks[chunks.count - 1].fingerprints.append(fingerprint)
        chunks[chunks.count - 1].keys.append(key)
        count += 1
    }

    /// What is there now; it stays as it is until it is dropped, and new entries come behind it.
    mutating func closedChunks() -> [Chunk] {
        isLastOpen = false
        return chunks
    }

    mutating func dropFirst(chunkCount: Int) {
        count -= chunks[..<chunkCount].reduce(0) { $0 + $1.keys.count }
        chunks.removeFirst(chunkCount)
        if chunks.isEmpty { isLastOpen = false }
    }

    func holds(_ key: EntryKey) -> Bool { chunks.contains { $0.keys.contains(key) } }
}
