import Fingerprints

/// Fingerprints with their keys, searched by walking through all of them.
///
/// A plain value in chunks: copying it costs one reference per chunk, and the first change after a copy duplicates one
/// chunk only.
struct HammingTable: Sendable {
    private var chunks: [HammingChunk] = []

    var count: Int {
        guard let last = chunks.last else { return 0 }
        return (chunks.count - 1) * HammingChunk.capacity + last.count
    }

    mutating func insert(_ fingerprint: PDQFingerprint, key: EntryKey) {
        if chunks.last?.isFull ?? true { chunks.append(HammingChunk()) }
        chunks[chunks.count - 1].append(fingerprint, key: key)
    }

    /// Fills the gap with the last entry, so that all chunks but the last stay full.
    ///
    /// - Returns: Whether the key was there.
    mutating func remove(_ key: EntryKey) -> Bool {
        for number in chunks.indices {
            guard let position = chunks[number].position(of: key) else { continue }
            let (fingerprint, lastKey) = chunks[chunks.count - 1].removeLast()
            if lastKey != key { chunks[number].replace(at: position, with: fingerprint, key: lastKey) }
            if chunks[chunks.count - 1].isEmpty { chunks.removeLast() }
            return true
        }
        return false
    }

    /// - Parameters:
    ///   - orientations: The fingerprints looked for, in the order of `Orientation.allCases`.
    ///   - distanceBits: The greatest distance to find, 0 to 256.
    /// - Returns: The closest `limit` entries within the distance, each with its best orientation.
    func matches(for orientations: [PDQFingerprint], within distanceBits: Int, limit: Int) -> [Match] {
        var matches: [Match] = []
        for chunk in chunks {
            chunk.appendMatches(for: orientations, within: distanceBits, to: &matches)
        }
        return Array(matches.sorted().prefix(max(0, limit)))
    }
}
