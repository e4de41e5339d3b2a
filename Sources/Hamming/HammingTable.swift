import CHamming

/// Fingerprints of 256 bits, each once, ordered so that what lies within a Hamming distance of another is found without
/// looking at the rest. Never changes.
///
/// Multi-index hashing with a chain of two parts; `search.c` says how. 132 bytes for each row and up to 4 for the
/// directories.
public final class HammingTable: Sendable {
    /// The greatest distance that ``matches(of:within:)`` answers for. Beyond, use ``scan(for:within:_:)``.
    public static let radiusLimitBits = Int(CINNABAR_HAMMING_RADIUS)
    /// Fingerprints looked for at once: more go in several calls.
    static let queryLimit = Int(CINNABAR_HAMMING_QUERIES)

    let layout: TableLayout
    let memory: TableMemory

    init(layout: TableLayout, memory: TableMemory) {
        self.layout = layout
        self.memory = memory
    }

    /// Rows.
    public var count: Int { layout.count }
    /// What the table takes in memory, and within some kilobytes in its file.
    public var byteCount: Int { layout.byteCount }

    public func fingerprint(ofRow row: Int) -> SIMD4<UInt64> {
        precondition(row >= 0 && row < count, "A row of this table.")
        return memory.pointer(at: 0, as: SIMD4<UInt64>.self)[row]
    }

    /// What the builder was given with the row.
    public func tag(ofRow row: Int) -> UInt32 {
        precondition(row >= 0 && row < count, "A row of this table.")
        return memory.pointer(at: layout.tags, as: UInt32.self)[row]
    }

    /// Every pair of a row and a fingerprint within the distance, each once, in no order.
    ///
    /// - Parameter distanceBits: Up to ``radiusLimitBits``.
    public func matches(of fingerprints: [SIMD4<UInt64>], within distanceBits: Int) -> [HammingMatch] {
        precondition(distanceBits <= Self.radiusLimitBits, "Tables answer up to their radius.")
        guard distanceBits >= 0 else { return [] }
        return stride(from: 0, to: fingerprints.count, by: Self.queryLimit).flatMap { first in
            let some = fingerprints[first..<min(first + Self.queryLimit, fingerprints.count)]
            return found(some, within: distanceBits).map { match in
                HammingMatch(
                    row: Int(match.row),
                    query: Int(match.query) + first,
                    distanceBits: Int(match.distance)
                )
            }
        }
    }

    private func found(
        _ fingerprints: ArraySlice<SIMD4<UInt64>>,
        within distanceBits: Int
    ) -> [cinnabar_hamming_match] {
        var capacity = 64
        while true {
            var count = 0
            let found = [cinnabar_hamming_match](unsafeUninitializedCapacity: capacity) { buffer, filled in
                count = withTable { table in
                    fingerprints.withUnsafeBytes { queries in
                        cinnabar_hamming_search(
                            &table,
                            queries.baseAddress?.assumingMemoryBound(to: UInt64.self),
                            UInt32(fingerprints.count),
                            UInt32(distanceBits),
                            buffer.baseAddress,
                            capacity
                        )
                    }
                }
                filled = min(count, capacity)
            }
            if count <= capacity { return found }
            capacity = count
        }
    }

    /// Compares every row with every fingerprint, for any distance.
    ///
    /// - Parameter take: Is given the matches piece by piece; those of one row come in one piece.
    public func scan(
        for fingerprints: [SIMD4<UInt64>],
        within distanceBits: Int,
        _ take: (ArraySlice<HammingMatch>) -> Void
    ) {
        let rows = UnsafeBufferPointer(start: memory.pointer(at: 0, as: SIMD4<UInt64>.self), count: count)
        HammingScan(fingerprints, within: distanceBits).compare(rows, take)
    }

    private func withTable<Result>(_ body: (inout cinnabar_hamming_table) -> Result) -> Result {
        var table = cinnabar_hamming_table()
        table.fingerprints = UnsafePointer(memory.pointer(at: 0, as: UInt64.self))
        table.count = UInt32(count)
        table.directory_bits = UInt32(layout.directoryBits)
        withUnsafeMutableBytes(of: &table.parts) { bytes in
            let parts = bytes.bindMemory(to: cinnabar_hamming_part.self)
            for part in parts.indices {
                parts[part].starts = UnsafePointer(memory.pointer(at: layout.starts(ofPart: part), as: UInt32.self))
                parts[part].checks = UnsafePointer(memory.pointer(at: layout.checks(ofPart: part), as: UInt16.self))
                parts[part].rows = UnsafePointer(memory.pointer(at: layout.rows(ofPart: part), as: UInt32.self))
            }
        }
        return body(&table)
    }
}
