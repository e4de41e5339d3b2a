import Hamming

/// Entries one after another in the order of their keys.
struct EntryStream {
    private enum Source {
        case rows(Segment)
        case repeated(Segment, [RepeatedKey])
        case entries([(fingerprint: SIMD4<UInt64>, key: EntryKey)])
    }

    private let source: Source
    private var position = 0
    private var run = 0
    /// Of the next entry; `nil` at the end.
    private(set) var key: EntryKey?

    /// A segment's entries, in two streams.
    static func all(of segment: Segment) -> [EntryStream] {
        let repeated = segment.repeated.sorted { $0.key < $1.key }
        return [EntryStream(.rows(segment)), EntryStream(.repeated(segment, repeated))]
    }

    init(_ chunks: [Tail.Chunk]) {
        let entries = chunks.flatMap { chunk in zip(chunk.fingerprints, chunk.keys).map { (fingerprint: $0, key: $1) } }
        self.init(.entries(entries.sorted { $0.key < $1.key }))
    }

    private init(_ source: Source) {
        self.source = source
        key = currentKey()
    }

    /// Of the next entry, which there must be.
    var fingerprint: SIMD4<UInt64> {
        switch source {
        case .rows(let segment): segment.table.fingerprint(ofRow: position)
        case .repeated(let segment, let keys): segment.table.fingerprint(ofRow: keys[position].row)
        case .entries(let entries): entries[position].fingerprint
        }
    }

    mutating func advance() {
        position += 1
        if case .rows(let segment) = source, run + 1 < segment.runs.count,
            position == segment.runs[run + 1].firstRow
        {
            run += 1
        }
        key = currentKey()
    }

    private func currentKey() -> EntryKey? {
        switch source {
        case .rows(let segment):
            position < segment.table.count
                ? segment.runs[run].key(tag: segment.table.tag(ofRow: position)) : nil
        case .repeated(_, let keys): position < keys.count ? keys[position].key : nil
        case .entries(let entries): position < entries.count ? entries[position].key : nil
        }
    }
}
