import CHamming

/// Gathers fingerprints and orders them into a table.
public struct HammingTableBuilder: ~Copyable {
    private let capacity: Int
    private let memory: TableMemory
    private var tags: [UInt32] = []

    /// - Parameter capacity: The most rows that will come.
    /// - Throws: ``HammingError`` `.outOfMemory`.
    public init(capacity: Int) throws(HammingError) {
        precondition(capacity <= TableLayout.rowLimit, "Rows are numbered by 32 bits.")
        self.capacity = capacity
        // Untouched memory costs nothing: the arrays behind the fingerprints are laid out when their number is known.
        memory = try TableMemory(byteCount: TableLayout(count: capacity).byteCount)
        tags.reserveCapacity(capacity)
    }

    public var count: Int { tags.count }

    public mutating func append(_ fingerprint: SIMD4<UInt64>, tag: UInt32) {
        precondition(count < capacity, "No more rows than were announced.")
        memory.pointer(at: 0, as: SIMD4<UInt64>.self)[count] = fingerprint
        tags.append(tag)
    }

    /// A table of what came, in the same order, equal fingerprints once: the first of them.
    ///
    /// - Returns: With the table, where each appended row went; `nil` when no two were equal, and each has the place in
    ///   which it came. `nil` for all when nothing came.
    public consuming func table() throws(HammingError) -> (table: HammingTable, places: [UInt32]?)? {
        guard count > 0 else { return nil }
        let places = try collapse()
        let layout = TableLayout(count: tags.count)
        let fingerprints = memory.pointer(at: 0, as: UInt64.self)
        let kept = memory.pointer(at: layout.tags, as: UInt32.self)
        for row in tags.indices { kept[row] = tags[row] }
        for part in 0..<TableLayout.partCount {
            cinnabar_hamming_fill_part(
                fingerprints,
                UInt32(layout.count),
                UInt32(layout.directoryBits),
                UInt32(part),
                memory.pointer(at: layout.starts(ofPart: part), as: UInt32.self),
                memory.pointer(at: layout.checks(ofPart: part), as: UInt16.self),
                memory.pointer(at: layout.rows(ofPart: part), as: UInt32.self)
            )
        }
        return (HammingTable(layout: layout, memory: memory), places)
    }

    private mutating func collapse() throws(HammingError) -> [UInt32]? {
        var places = try firsts()
        guard places.indices.contains(where: { Int(places[$0]) != $0 }) else { return nil }
        let fingerprints = memory.pointer(at: 0, as: SIMD4<UInt64>.self)
        var kept = 0
        for row in places.indices {
            // An earlier row, which already has its new place; or the row itself.
            let first = Int(places[row])
            guard first == row else {
                places[row] = places[first]
                continue
            }
            fingerprints[kept] = fingerprints[row]
            tags[kept] = tags[row]
            places[row] = UInt32(kept)
            kept += 1
        }
        tags.removeLast(tags.count - kept)
        return places
    }

    private func firsts() throws(HammingError) -> [UInt32] {
        var bits = 4
        while 1 << bits < 2 * count { bits += 1 }
        let slots = try TableMemory(byteCount: 4 << bits)
        return [UInt32](unsafeUninitializedCapacity: count) { buffer, filled in
            cinnabar_hamming_find_equal(
                memory.pointer(at: 0, as: UInt64.self),
                UInt32(count),
                UInt64.random(in: 0 ... .max),
                slots.pointer(at: 0, as: UInt32.self),
                UInt32(bits),
                buffer.baseAddress
            )
            filled = count
        }
    }
}
