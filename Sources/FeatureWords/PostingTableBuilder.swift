/// Makes one table of others and of single pictures.
public struct PostingTableBuilder {
    private var counts = [UInt32](repeating: 0, count: FeatureWords.count)
    private var tables: [(table: PostingTable, owners: [UInt32?])] = []
    private var pictures: [(postings: [Posting], owner: UInt32)] = []
    /// Of all that was added.
    public private(set) var count = 0

    public init() {}

    /// - Parameter owners: For each picture of the table the number it gets in the new one, or `nil` to leave it out.
    public mutating func add(_ table: PostingTable, owners: [UInt32?]) {
        tables.append((table, owners))
        for word in 0..<FeatureWords.count {
            for position in Int(table.starts[word])..<Int(table.starts[word + 1])
            where owners[Int(table.owners[position])] != nil {
                counts[word] += 1
                count += 1
            }
        }
    }

    public mutating func add(_ postings: [Posting], owner: UInt32) {
        pictures.append((postings, owner))
        for posting in postings { counts[Int(posting.word)] += 1 }
        count += postings.count
    }

    /// - Throws: ``PostingError`` `.outOfMemory` or `.full`.
    public consuming func build() throws(PostingError) -> PostingTable {
        guard count < PostingLayout.countLimit else {
            throw PostingError(.full, "A table of \(count) features would be too large.")
        }
        let layout = PostingLayout(count: count)
        let table = PostingTable(layout: layout, memory: try PostingMemory(byteCount: layout.byteCount))
        var next: UInt32 = 0
        for word in 0..<FeatureWords.count {
            table.starts[word] = next
            next += counts[word]
            counts[word] = table.starts[word]
        }
        table.starts[FeatureWords.count] = next
        for (source, owners) in tables { fill(table, from: source, owners) }
        for (postings, owner) in pictures {
            for posting in postings {
                put(posting.signature, owner, posting.place, under: Int(posting.word), in: table)
            }
        }
        return table
    }

    private mutating func fill(_ table: PostingTable, from source: PostingTable, _ owners: [UInt32?]) {
        for word in 0..<FeatureWords.count {
            for position in Int(source.starts[word])..<Int(source.starts[word + 1]) {
                guard let owner = owners[Int(source.owners[position])] else { continue }
                put(source.signatures[position], owner, source.places[position], under: word, in: table)
            }
        }
    }

    private mutating func put(
        _ signature: UInt64,
        _ owner: UInt32,
        _ place: UInt32,
        under word: Int,
        in table: PostingTable
    ) {
        let position = Int(counts[word])
        table.signatures[position] = signature
        table.owners[position] = owner
        table.places[position] = place
        counts[word] += 1
    }
}
