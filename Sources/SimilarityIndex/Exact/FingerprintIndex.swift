public import Fingerprints
import Dispatch
import Synchronization

/// The one index that all tasks share: look-ups run side by side while the sequencer inserts its batches.
///
/// Exact: nothing within the distance is missed. Entries come into a short tail, which is compared one by one; a tail
/// that has grown becomes a segment, and small segments become larger ones, in the background. Segments never change.
/// With a folder, they are files too, and a restart begins with them.
///
/// Not an actor, so that a look-up never waits for another: the lock is held only to take a snapshot (a copy of one
/// reference per segment and chunk) or to change it. A look-up sees every insertion that returned before it began.
public final class FingerprintIndex: Sendable {
    /// Tells what an entry is, in some bytes that no other entry has: an index that another store's log, or an older
    /// copy of this one, does not go with is recognised by them. `nil` when there is no such entry.
    public typealias Identity = @Sendable (EntryKey) throws -> [UInt8]?

    /// More than this wait only while an index is made anew: then its maker waits too.
    private static let tailLimit = 1 << 20

    let state: Mutex<IndexState>
    let folder: IndexFolder?
    let identity: Identity
    let report: @Sendable (String) -> Void
    /// Makes segments of the tail.
    let sealing = DispatchQueue(label: "cinnabar.fingerprints.sealing", qos: .utility)
    /// Makes large segments of small ones.
    let merging = DispatchQueue(label: "cinnabar.fingerprints.merging", qos: .background)
    /// Held while the folder is told what the index consists of.
    let keeping = Mutex<Void>(())

    /// Why the folder's files were dropped, when they were: everything is to be inserted again.
    public let discarded: IndexError?

    /// An index in memory alone.
    public init() {
        state = Mutex(IndexState())
        folder = nil
        identity = { _ in nil }
        report = { _ in }
        discarded = nil
    }

    /// Opens the index of a folder, which is made if there is none.
    ///
    /// Files that are damaged, missing, or of another log are dropped, and ``discarded`` says why: never is an answer
    /// given from them. The caller then inserts, in every lane, what comes after ``covered(lane:)``, in the lane's order.
    ///
    /// - Parameters:
    ///   - identity: Asked for the last entry of each lane that went into a segment.
    ///   - report: Is told when files could not be written: the index then works on in memory.
    /// - Throws: ``IndexError`` `.io` or `.outOfMemory`; what `identity` throws.
    public init(
        folder path: String,
        identity: @escaping Identity,
        report: @escaping @Sendable (String) -> Void
    ) throws {
        let folder = try IndexFolder(path)
        var found = IndexState()
        var problem: IndexError?
        do {
            let contents = try folder.contents()
            for (lane, reach) in contents.lanes
            where try identity(EntryKey(lane: lane, index: reach.next - 1)) != reach.identity {
                throw IndexError(.damaged, "The index in \(path) is of another log than the store, or of a later one.")
            }
            found.segments = contents.segments
            found.removed = contents.removed
            found.reaches = contents.lanes
        } catch let error as IndexError where error.code == .damaged {
            try folder.clear()
            problem = error
        }
        state = Mutex(found)
        self.folder = folder
        self.identity = identity
        self.report = report
        discarded = problem
    }

    /// Pictures that are found.
    public var count: Int { state.withLock { $0.count } }

    /// Of a lane, the first index that the files do not reach: entries from here on are to be inserted after opening.
    public func covered(lane: UInt16) -> UInt64 { state.withLock { $0.reaches[lane]?.next ?? 0 } }

    /// What the segments take in memory.
    public var byteCount: Int { state.withLock { $0.segments.reduce(0) { $0 + $1.byteCount } } }

    /// Adds one fingerprint. Within a lane the caller inserts in the order of the log, each key once, and only
    /// fingerprints of pictures that are ``PDQResult/isIndexable``: flat pictures match everything.
    public func insert(_ fingerprint: PDQFingerprint, key: EntryKey) {
        insert(contentsOf: CollectionOfOne((fingerprint: fingerprint, key: key)))
    }

    /// Adds a batch under one lock. The rules of ``insert(_:key:)`` hold. What the files have already is left out.
    public func insert(contentsOf entries: some Collection<(fingerprint: PDQFingerprint, key: EntryKey)>) {
        let (isSealed, isFull) = state.withLock { state in
            for (fingerprint, key) in entries where !state.isInSegment(key) {
                state.tail.append(fingerprint.words, key: key)
            }
            return (state.startsSealing(), state.tail.count > Self.tailLimit)
        }
        if isSealed { sealing.async { self.sealAsNeeded() } }
        if isFull { sealing.sync {} }
    }

    /// Takes an erased registration out. Its fingerprint is no more found at once; its bytes leave memory and files when
    /// the segment is next merged.
    ///
    /// - Returns: Whether the key was there.
    /// - Throws: ``IndexError`` `.io` when the removal is not sure to outlive the process. It holds until then.
    @discardableResult
    public func remove(_ key: EntryKey) throws(IndexError) -> Bool {
        let isRemoved = state.withLock { state in
            guard state.holds(key) else { return false }
            state.removed.insert(key)
            return true
        }
        if isRemoved { try folder?.append(removed: key) }
        return isRemoved
    }
}
