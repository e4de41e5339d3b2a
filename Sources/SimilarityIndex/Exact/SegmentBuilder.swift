import Hamming

/// Makes one segment of several and of the tail, in the order of the keys, without what was removed.
struct SegmentBuilder {
    /// What came of it.
    struct Built {
        /// `nil` when everything had been removed.
        let segment: Segment?
        /// Removed entries that are in no segment any more.
        let dropped: Set<EntryKey>
    }

    private var streams: [EntryStream]
    private let capacity: Int
    private let removed: Set<EntryKey>

    init(segments: [Segment], chunks: [Tail.Chunk] = [], without removed: Set<EntryKey>) {
        streams = segments.flatMap { EntryStream.all(of: $0) } + [EntryStream(chunks)]
        streams.removeAll { $0.key == nil }
        capacity = segments.reduce(0) { $0 + $1.count } + chunks.reduce(0) { $0 + $1.keys.count }
        self.removed = removed
    }

    /// - Throws: ``IndexError`` `.outOfMemory`.
    consuming func build() throws(IndexError) -> Built {
        do throws(HammingError) {
            return try built()
        } catch {
            throw IndexError(.outOfMemory, error.message, cause: error)
        }
    }

    private mutating func built() throws(HammingError) -> Built {
        var builder = try HammingTableBuilder(capacity: capacity)
        var runs: [KeyRun] = []
        var tags: [UInt32] = []
        tags.reserveCapacity(capacity)
        var dropped: Set<EntryKey> = []
        while let stream = nextStream(), let key = streams[stream].key {
            if !removed.isEmpty, removed.contains(key) {
                dropped.insert(key)
            } else {
                let tag = Self.tag(of: key, row: builder.count, in: &runs)
                builder.append(streams[stream].fingerprint, tag: tag)
                tags.append(tag)
            }
            streams[stream].advance()
        }
        guard let (table, places) = try builder.table() else { return Built(segment: nil, dropped: dropped) }
        let repeated = places.map { Self.repeated($0, tags, &runs) } ?? []
        return Built(segment: Segment(table: table, runs: runs, repeated: repeated), dropped: dropped)
    }

    /// The stream whose next key is the lowest; few streams, so that a look at each does.
    private func nextStream() -> Int? {
        var lowest: (stream: Int, key: EntryKey)?
        for stream in streams.indices {
            guard let key = streams[stream].key else { continue }
            if lowest.map({ key < $0.key }) ?? true { lowest = (stream, key) }
        }
        return lowest?.stream
    }

    private static func tag(of key: EntryKey, row: Int, in runs: inout [KeyRun]) -> UInt32 {
        if let run = runs.last, run.lane == key.lane, let tag = UInt32(exactly: key.index - run.base) { return tag }
        runs.append(KeyRun(lane: key.lane, base: key.index, firstRow: row))
        return 0
    }

    /// Equal fingerprints became one row: the keys behind the first are kept apart, and runs begin at other rows.
    ///
    /// - Parameter places: By the order in which entries came, the rows that they went to.
    private static func repeated(_ places: [UInt32], _ tags: [UInt32], _ runs: inout [KeyRun]) -> [RepeatedKey] {
        var repeated: [RepeatedKey] = []
        var moved: [KeyRun] = []
        var kept = 0
        var next = 0
        var current = runs[0]
        for entry in places.indices {
            if next < runs.count, runs[next].firstRow == entry {
                current = runs[next]
                current.firstRow = kept
                // A run of which no row was kept makes room for the one behind it.
                if moved.last?.firstRow == kept { moved.removeLast() }
                moved.append(current)
                next += 1
            }
            if Int(places[entry]) == kept {
                kept += 1
            } else {
                repeated.append(RepeatedKey(row: Int(places[entry]), key: current.key(tag: tags[entry])))
            }
        }
        if moved.last?.firstRow == kept { moved.removeLast() }
        runs = moved
        return repeated.sorted()
    }
}
