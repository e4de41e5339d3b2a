import Dispatch
import Synchronization

/// What happens in the background: the tail becomes a segment, segments become larger ones, and the folder is told.
extension FingerprintIndex {
    /// Makes a segment of all that was inserted before, and waits until it is on the disk.
    public func seal() {
        sealing.sync { sealTail() }
    }

    /// Waits until nothing is under way in the background.
    public func settle() {
        sealing.sync {}
        merging.sync {}
    }

    /// Merges all segments into one, which is the fastest to search, and waits for it.
    public func compact() {
        seal()
        merging.sync {
            let segments = state.withLock { $0.segments }
            if segments.count > 1 { merge(segments) }
        }
    }

    /// On ``sealing``: until the tail is short.
    func sealAsNeeded() {
        repeat { sealTail() } while state.withLock { $0.startsSealing() }
    }

    /// On ``sealing``.
    private func sealTail() {
        let (chunks, removed) = state.withLock { ($0.tail.closedChunks(), $0.removed) }
        do {
            if !chunks.isEmpty { try seal(chunks, without: removed) }
            state.withLock { $0.endSealing(isDone: true) }
        } catch {
            state.withLock { $0.endSealing(isDone: false) }
            report("New fingerprints stay outside the segments for now: \(error)")
        }
        if state.withLock({ $0.startsMerging() }) { merging.async { self.mergeAsPlanned() } }
    }

    private func seal(_ chunks: [Tail.Chunk], without removed: Set<EntryKey>) throws {
        let reaches = try reaches(behind: chunks)
        let built = try SegmentBuilder(segments: [], chunks: chunks, without: removed).build()
        let segment = written(built.segment)
        keeping.withLock { _ in
            state.withLock { state in
                state.put(segment, insteadOf: [], dropped: built.dropped)
                state.tail.dropFirst(chunkCount: chunks.count)
                state.reaches.merge(reaches) { $0.next > $1.next ? $0 : $1 }
            }
            keep(insteadOf: [])
        }
    }

    /// On ``merging``.
    private func mergeAsPlanned() {
        while true {
            let segments = state.withLock { $0.nextMerged() }
            guard !segments.isEmpty else { return }
            guard merge(segments) else { return state.withLock { $0.isMerging = false } }
        }
    }

    /// - Returns: Whether it was done.
    @discardableResult
    private func merge(_ segments: [Segment]) -> Bool {
        do {
            let built = try SegmentBuilder(segments: segments, without: state.withLock { $0.removed }).build()
            let segment = written(built.segment)
            keeping.withLock { _ in
                state.withLock { $0.put(segment, insteadOf: segments, dropped: built.dropped) }
                keep(insteadOf: segments)
            }
            return true
        } catch {
            report("Segments of the index are not merged for now: \(error)")
            return false
        }
    }

    /// How far the tail reaches, when it has become a segment.
    private func reaches(behind chunks: [Tail.Chunk]) throws -> [UInt16: IndexManifest.Reach] {
        guard folder != nil else { return [:] }
        var last: [UInt16: EntryKey] = [:]
        for key in chunks.lazy.flatMap(\.keys) where last[key.lane].map({ $0 < key }) ?? true { last[key.lane] = key }
        return try last.mapValues { key in
            guard let identity = try identity(key) else {
                throw IndexError(.io, "The store does not have entry \(key.index) of lane \(key.lane).")
            }
            return IndexManifest.Reach(next: key.index + 1, identity: identity)
        }
    }

    /// The segment with its file; as it was when it could not be written, for another try.
    private func written(_ segment: Segment?) -> Segment? {
        guard let segment, let folder, segment.number == nil else { return segment }
        do throws(IndexError) {
            return try folder.write(segment)
        } catch {
            report("A segment of the index is in memory alone for now: \(error)")
            return segment
        }
    }

    /// Tells the folder what the index consists of, under ``keeping``. While a segment has no file, the folder stays as
    /// it was, and a restart begins from there.
    private func keep(insteadOf obsolete: [Segment]) {
        guard let folder else { return }
        let current = state.withLock { $0 }
        for segment in current.segments where segment.number == nil {
            guard let written = written(segment), written.number != nil else { return }
            state.withLock { $0.put(written, insteadOf: [segment], dropped: []) }
        }
        let (segments, reaches) = state.withLock { ($0.segments, $0.reaches) }
        do throws(IndexError) {
            try folder.keep(
                segments,
                insteadOf: obsolete,
                lanes: reaches,
                removed: { state.withLock { $0.removed } }
            )
        } catch {
            report("The index's folder is behind for now: \(error)")
        }
    }
}
