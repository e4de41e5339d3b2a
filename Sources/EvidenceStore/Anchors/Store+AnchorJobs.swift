import Bytes
public import MerkleLog

extension Store {
    /// Keeps where a job stands, together with what the outsider gave by now. Synced: only when this returns may the
    /// job's next step be taken.
    ///
    /// A job that ends takes the outsider's earlier finished ones away in the same batch: the newest tells how it does.
    /// An anchor that is complete stays as it is.
    ///
    /// - Parameters:
    ///   - anchor: Of the same lane, outsider and checkpoint; `nil` for nothing new.
    ///   - timestamps: RFC 3161 responses, which have a family of their own.
    /// - Throws: ``StoreError`` with code `.invalidArgument` for a name that is not 1 to 255 bytes; when the write
    ///   failed, either may be the case: send nothing more, and open the store again.
    public func putAnchorJob(
        _ job: StoredAnchorJob,
        anchor: StoredAnchor? = nil,
        timestamps: [StoredTimestamp] = []
    ) throws(StoreError) {
        guard 1...255 ~= job.outsider.utf8.count, timestamps.allSatisfy({ 1...255 ~= $0.imprint.count }) else {
            throw StoreError(.invalidArgument, "An outsider's name and an imprint are 1 to 255 bytes.")
        }
        try exclusively { () throws(StoreError) in
            var batch = WriteBatch()
            if job.state == .finished {
                for earlier in try anchorJobs(of: job.outsider, lane: job.lane)
                where earlier.state == .finished && earlier.size != job.size {
                    batch.delete(earlier.key, in: .anchorJobs)
                }
            }
            batch.put(job.row, for: job.key, in: .anchorJobs)
            if let anchor,
                try !(self.anchor(of: anchor.outsider, size: anchor.size, lane: anchor.lane)?.isComplete ?? false)
            {
                precondition(anchor.key == job.key, "A job's files are its own.")
                batch.put(anchor.row, for: anchor.key, in: .anchors)
            }
            for timestamp in timestamps { batch.put(timestamp.row, for: timestamp.key, in: .timestamps) }
            // A crash before this line leaves the step before it, which is taken again; after it, job and files agree.
            try backend.commit(batch, durability: .synced)
        }
    }

    /// Takes away a job of which nothing was sent, in favour of another.
    public func replaceAnchorJob(_ old: StoredAnchorJob, by new: StoredAnchorJob) throws(StoreError) {
        precondition(old.state == .intended && new.state == .intended, "What was sent is not forgotten.")
        var batch = WriteBatch()
        batch.delete(old.key, in: .anchorJobs)
        batch.put(new.row, for: new.key, in: .anchorJobs)
        try backend.commit(batch, durability: .synced)
    }

    /// Takes away an unfinished job that is not needed any more, because the outsider confirmed a larger checkpoint.
    /// The files that it gave so far stay.
    public func endAnchorJob(_ job: StoredAnchorJob) throws(StoreError) {
        precondition(job.state != .finished, "The newest finished job tells how the outsider does.")
        var batch = WriteBatch()
        batch.delete(job.key, in: .anchorJobs)
        try backend.commit(batch, durability: .synced)
    }

    /// Every job of an outsider, smallest checkpoint first: unfinished ones, and the one that finished last.
    public func anchorJobs(of outsider: String, lane: LaneID) throws(StoreError) -> [StoredAnchorJob] {
        guard 1...255 ~= outsider.utf8.count else { return [] }
        let scan = Scan(.anchorJobs, prefix: Keys.anchors(lane, outsider), limit: .max)
        return try backend.rows(scan).map { (row) throws(StoreError) in try StoredAnchorJob(row) }
    }

    public func anchor(of outsider: String, size: TreeSize, lane: LaneID) throws(StoreError) -> StoredAnchor? {
        let key = Keys.anchor(lane, outsider, size)
        return try backend.value(for: key, in: .anchors).map { (value) throws(StoreError) in
            try StoredAnchor(Row(key: key, value: value))
        }
    }

    /// What shows best that an outsider committed to at least `size` entries: the first complete anchor, else the
    /// newest pending one.
    public func bestAnchor(
        atOrAfter size: TreeSize,
        outsider: String,
        lane: LaneID
    ) throws(StoreError) -> StoredAnchor? {
        guard 1...255 ~= outsider.utf8.count else { return nil }
        let prefix = Keys.anchors(lane, outsider)
        var start: [UInt8]? = prefix + Keys.number(size.value)
        var newest: StoredAnchor?
        while let from = start {
            let rows = try backend.rows(Scan(.anchors, prefix: prefix, start: from, limit: Self.anchorPageSize))
            for row in rows {
                let anchor = try StoredAnchor(row)
                if anchor.isComplete { return anchor }
                newest = anchor
            }
            start = rows.count == Self.anchorPageSize ? rows.last?.key.firstKeyAfterPrefix : nil
        }
        return newest
    }

    /// The largest checkpoint that an outsider has confirmed; `nil` when there is none.
    public func latestCompleteAnchor(of outsider: String, lane: LaneID) throws(StoreError) -> StoredAnchor? {
        guard 1...255 ~= outsider.utf8.count else { return nil }
        let prefix = Keys.anchors(lane, outsider)
        var start: [UInt8]?
        while true {
            let scan = Scan(.anchors, prefix: prefix, start: start, isDescending: true, limit: Self.anchorPageSize)
            let rows = try backend.rows(scan)
            for row in rows {
                let anchor = try StoredAnchor(row)
                if anchor.isComplete { return anchor }
            }
            guard rows.count == Self.anchorPageSize, let last = rows.last,
                let (_, _, size) = AnchorKey.parts(last.key), size > .empty
            else { return nil }
            start = prefix + Keys.number(size.value - 1)
        }
    }

    /// The outsiders whose anchors a lane has, found by leaping from one to the next.
    public func outsiders(of lane: LaneID) throws(StoreError) -> [String] {
        var outsiders: [String] = []
        var start: [UInt8]?
        while let row = try backend.rows(Scan(.anchors, prefix: Keys.prefix(lane), start: start, limit: 1)).first {
            let outsider = try StoredAnchor(row).outsider
            outsiders.append(outsider)
            start = Keys.anchors(lane, outsider).firstKeyAfterPrefix
            guard start != nil else { break }
        }
        return outsiders
    }

    /// Anchors are some kilobytes each.
    private static let anchorPageSize = 64
}
