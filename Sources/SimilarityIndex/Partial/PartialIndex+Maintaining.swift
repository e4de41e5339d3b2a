import Dispatch
import FeatureWords
import Synchronization

/// What happens in the background: the tail becomes a segment, segments become larger ones, and the folder is told.
extension PartialIndex {
    /// Pictures in the tail from which on a segment is made of them: comparing them one by one takes a look-up about
    /// as long as everything else.
    static let tailLimit = 2048
    /// Features of segments that are not merged any more: merging needs room for twice as many, 16 bytes each.
    private static let mergeLimit = 200_000_000
    /// Segments are merged when so many of the newest are together as large as the next older one.
    private static let mergeCount = 4

    /// Makes a segment of all that was inserted before, and waits until it is on the disk.
    public func seal() {
        working.sync {
            sealTail()
            mergeAsPlanned()
        }
    }

    /// Waits until nothing is under way in the background.
    public func settle() { working.sync {} }

    /// Merges all segments into one, which is the fastest to search and holds no erased pictures, and waits for it.
    public func compact() {
        working.sync {
            sealTail()
            let (segments, hasRemoved) = state.withLock { ($0.segments, !$0.removed.isEmpty) }
            if segments.count > 1 || hasRemoved { merge(segments) }
        }
    }

    /// Under the lock, after an insertion.
    func startMaintaining(_ state: inout PartialState) {
        guard state.tail.count >= Self.tailLimit, !state.isMaintaining else { return }
        state.isMaintaining = true
        working.async {
            self.state.withLock { $0.isMaintaining = false }
            self.sealTail()
            self.mergeAsPlanned()
        }
    }

    /// On ``working``.
    private func sealTail() {
        if folder != nil { writeMissing() }
        let snapshot = state.withLock { $0 }
        guard !snapshot.tail.isEmpty else { return keep() }
        var builder = PostingTableBuilder()
        for (number, entry) in snapshot.tail.enumerated() {
            builder.add(entry.features.postings, owner: UInt32(number))
        }
        put(builder, keys: snapshot.tail.map(\.key), insteadOf: [])
    }

    /// On ``working``: a segment is written over again each time its index grows to some times its size.
    private func mergeAsPlanned() {
        while true {
            let segments = state.withLock { $0.segments }
            guard let first = Self.firstMerged(of: segments.map(\.table.count)) else { return }
            guard merge(Array(segments[first...])) else { return }
        }
    }

    /// - Returns: The first of the segments that are to become one with all that follow it; `nil` to leave them.
    static func firstMerged(of counts: [Int]) -> Int? {
        var sum = 0
        var first: Int?
        for number in counts.indices.reversed() {
            let isSmall = counts.count - number >= mergeCount && counts[number] <= sum * 2
            sum += counts[number]
            guard sum <= mergeLimit else { break }
            if isSmall { first = number }
        }
        return first
    }

    /// - Returns: Whether it was done.
    @discardableResult
    private func merge(_ segments: [PartialSegment]) -> Bool {
        let removed = state.withLock { $0.removed }
        var builder = PostingTableBuilder()
        var keys: [EntryKey] = []
        for segment in segments {
            let owners = segment.keys.map { key -> UInt32? in
                guard !removed.contains(key) else { return nil }
                keys.append(key)
                return UInt32(keys.count - 1)
            }
            builder.add(segment.table, owners: owners)
        }
        return put(builder, keys: keys, insteadOf: segments)
    }

    /// - Returns: Whether it was done.
    @discardableResult
    private func put(_ builder: PostingTableBuilder, keys: [EntryKey], insteadOf old: [PartialSegment]) -> Bool {
        do throws(PostingError) {
            let table = try builder.build()
            let segment = written(PartialSegment(table: table, keys: keys, number: nil))
            state.withLock { $0.put(segment, insteadOf: old) }
            keep()
            return true
        } catch {
            report("New pictures stay outside the segments of the index for now: \(error)")
            return false
        }
    }
}

extension PartialIndex {
    /// The segment with its file; as it was when it could not be written, for another try.
    private func written(_ segment: PartialSegment) -> PartialSegment {
        guard let folder, segment.number == nil else { return segment }
        do throws(PostingError) {
            return try keeping.withLock { _ throws(PostingError) in try folder.write(segment) }
        } catch {
            report("A segment of the index of parts is in memory alone for now: \(error)")
            return segment
        }
    }

    /// Tells the folder what the index consists of. While a segment has no file, the folder stays as it was, and a
    /// restart begins from there.
    func keep() {
        guard let folder else { return }
        keeping.withLock { _ in
            let current = state.withLock { $0 }
            guard current.segments.allSatisfy({ $0.number != nil }) else { return }
            do throws(PostingError) {
                try folder.keep(current)
            } catch {
                report("The folder of the index of parts is behind for now: \(error)")
            }
        }
    }

    /// On ``working``: another try for segments whose files could not be written.
    private func writeMissing() {
        for segment in state.withLock({ $0.segments }) where segment.number == nil {
            let written = written(segment)
            guard written.number != nil else { return }
            state.withLock { $0.put(written, insteadOf: [segment]) }
        }
    }
}
