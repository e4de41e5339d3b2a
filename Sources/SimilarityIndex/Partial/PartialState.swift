/// What the index consists of at one moment.
struct PartialState: Sendable {
    var segments: [PartialSegment] = []
    var tail: [(features: PreparedFeatures, key: EntryKey)] = []
    /// Erased, and still in a segment.
    var removed: Set<EntryKey> = []
    /// Of each lane, the first index behind what the files hold.
    var reaches: [UInt16: UInt64] = [:]
    /// Whether the background was told to work.
    var isMaintaining = false

    /// With those erased.
    var pictureCount: Int { segments.reduce(tail.count) { $0 + $1.keys.count } }

    var count: Int { pictureCount - removed.count }

    /// - Parameter number: Over all segments and the tail, in this order.
    func key(ofPicture number: Int) -> EntryKey {
        var number = number
        for segment in segments {
            if number < segment.keys.count { return segment.keys[number] }
            number -= segment.keys.count
        }
        return tail[number].key
    }

    /// A new segment comes where the old ones were, or takes what it holds out of the tail.
    mutating func put(_ segment: PartialSegment, insteadOf old: [PartialSegment]) {
        if let first = segments.firstIndex(where: { $0 === old.first }) {
            segments.replaceSubrange(first..<first + old.count, with: CollectionOfOne(segment))
            let kept = Set(segment.keys)
            removed.subtract(old.lazy.flatMap(\.keys).filter { !kept.contains($0) })
        } else {
            // One that was erased meanwhile has left the tail, and is in the segment.
            let kept = Set(segment.keys)
            let rest = tail.filter { !kept.contains($0.key) }
            let waiting = Set(tail.lazy.map(\.key))
            removed.formUnion(kept.subtracting(waiting))
            tail = rest
            segments.append(segment)
            for key in segment.keys { reaches[key.lane] = max(reaches[key.lane] ?? 0, key.index + 1) }
        }
    }

    /// - Returns: Whether the key was there.
    mutating func remove(_ key: EntryKey) -> Bool {
        if let position = tail.firstIndex(where: { $0.key == key }) {
            tail.remove(at: position)
            return true
        }
        guard !removed.contains(key), segments.contains(where: { $0.keys.contains(key) }) else { return false }
        removed.insert(key)
        return true
    }
}
