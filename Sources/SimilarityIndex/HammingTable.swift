import Fingerprints

/// Fingerprints with their keys, searched by walking through all of them.
///
/// A plain value in chunks: copying it costs one reference per chunk, and the first change after a copy duplicates one
/// chunk only.
struct HammingTable: Sendable {
    /// 32 bytes each: large enough to make copies of the table cheap, small enough to duplicate in some microseconds.
    static let chunkCapacity = 4096

    private var chunks: [Chunk] = []

    private struct Chunk {
        var fingerprints: [PDQFingerprint] = []
        var keys: [EntryKey] = []
    }

    var count: Int {
        guard let last = chunks.last else { return 0 }
        return (chunks.count - 1) * Self.chunkCapacity + last.keys.count
    }

    mutating func insert(_ fingerprint: PDQFingerprint, key: EntryKey) {
        if count == chunks.count * Self.chunkCapacity { chunks.append(Chunk()) }
        chunks[chunks.count - 1].fingerprints.append(fingerprint)
        chunks[chunks.count - 1].keys.append(key)
    }

    /// Fills the gap with the last entry, so that all chunks but the last stay full.
    mutating func remove(_ key: EntryKey) -> Bool {
        for number in chunks.indices {
            guard let position = chunks[number].keys.firstIndex(of: key) else { continue }
            let last = chunks.count - 1
            chunks[number].fingerprints[position] = chunks[last].fingerprints[chunks[last].fingerprints.count - 1]
            chunks[number].keys[position] = chunks[last].keys[chunks[last].keys.count - 1]
            chunks[last].fingerprints.removeLast()
            chunks[last].keys.removeLast()
            if chunks[last].keys.isEmpty { chunks.removeLast() }
            return true
        }
        return false
    }

    /// - Parameter orientations: The fingerprints looked for, at most eight, in the order of `Orientation.allCases`.
    func matches(for orientations: [PDQFingerprint], within distanceBits: Int, limit: Int) -> [Match] {
        var matches: [Match] = []
        for chunk in chunks {
            for (fingerprint, key) in zip(chunk.fingerprints, chunk.keys) {
                var best: Match?
                for (wanted, orientation) in zip(orientations, Orientation.allCases) {
                    let distance = fingerprint.distanceBits(to: wanted)
                    if distance <= distanceBits, distance < best?.distanceBits ?? .max {
                        best = Match(key: key, distanceBits: distance, orientation: orientation)
                    }
                }
                if let best { matches.append(best) }
            }
        }
        return Array(matches.sorted().prefix(limit))
    }
}
