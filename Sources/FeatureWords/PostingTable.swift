import CFeatureWords

/// The features of many pictures, listed by their words. Never changes.
public final class PostingTable: Sendable {
    let layout: PostingLayout
    let memory: PostingMemory

    init(layout: PostingLayout, memory: PostingMemory) {
        self.layout = layout
        self.memory = memory
    }

    /// Features of all pictures.
    public var count: Int { layout.count }
    public var byteCount: Int { layout.byteCount }

    /// One more than the greatest number of a picture.
    public var pictureLimit: Int { (0..<count).reduce(0) { max($0, Int(owners[$1]) + 1) } }

    /// How many are filed under a word.
    public func count(under word: UInt16) -> Int { Int(starts[Int(word) + 1] - starts[Int(word)]) }

    /// What is filed under the probes' words and differs in at most `radius` bits of the signature, in the order of
    /// the probes.
    public func hits(for probes: [Probe], within radius: Int) -> [PostingHit] {
        let probes = probes.map { cinnabar_probe(signature: $0.signature, word: $0.word, feature: $0.feature) }
        var postings = cinnabar_postings(
            starts: UnsafePointer(starts),
            signatures: UnsafePointer(signatures),
            owners: UnsafePointer(owners),
            places: UnsafePointer(places)
        )
        var hits: [PostingHit] = []
        let longest = probes.reduce(0) { max($0, count(under: $1.word)) }
        let room = max(longest, Self.roomCount)
        var done = 0
        withUnsafeTemporaryAllocation(of: cinnabar_hit.self, capacity: room) { found in
            while done < probes.count {
                let count = cinnabar_words_scan(
                    &postings,
                    probes,
                    probes.count,
                    &done,
                    UInt32(radius),
                    found.baseAddress,
                    room
                )
                hits.reserveCapacity(hits.count + count)
                for hit in found[..<count] {
                    hits.append(
                        PostingHit(owner: hit.owner, place: hit.place, feature: hit.feature, distance: hit.distance)
                    )
                }
            }
        }
        return hits
    }

    /// Room for so many hits at once, 12 bytes each: most look-ups need no second call.
    private static let roomCount = 1 << 16

    var starts: UnsafeMutablePointer<UInt32> { memory.pointer(at: layout.startsOffset, as: UInt32.self) }
    var signatures: UnsafeMutablePointer<UInt64> { memory.pointer(at: layout.signaturesOffset, as: UInt64.self) }
    var owners: UnsafeMutablePointer<UInt32> { memory.pointer(at: layout.ownersOffset, as: UInt32.self) }
    var places: UnsafeMutablePointer<UInt32> { memory.pointer(at: layout.placesOffset, as: UInt32.self) }
}
