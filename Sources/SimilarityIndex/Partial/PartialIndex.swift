public import FeatureWords
public import Fingerprints
import Dispatch
import Synchronization

/// Finds registered pictures that share parts with one looked for, by their local features: candidates for verification.
///
/// Pictures come into a tail, which is compared one by one; a tail that has grown becomes a segment, and small segments
/// become larger ones, in the background. Segments never change. With a folder, they are files too.
///
/// Look-ups run side by side with insertions: the lock is held only to take a snapshot or to change it.
public final class PartialIndex: Sendable {
    let state: Mutex<PartialState>
    let folder: PartialFolder?
    let report: @Sendable (String) -> Void
    /// Makes segments of the tail, and large segments of small ones.
    let working = DispatchQueue(label: "cinnabar.parts.working", qos: .utility)
    /// Held while the folder is told what the index consists of.
    let keeping = Mutex<Void>(())

    /// Why the folder's files were dropped, when they were: everything is to be inserted again.
    public let discarded: PostingError?

    /// An index in memory alone.
    public init() {
        state = Mutex(PartialState())
        folder = nil
        report = { _ in }
        discarded = nil
    }

    /// Opens the index of a folder, which is made if there is none.
    ///
    /// Files that are damaged, missing or of another vocabulary are dropped, and ``discarded`` says why. The caller then
    /// inserts, in every lane, what comes after ``covered(lane:)``, in the lane's order.
    ///
    /// - Parameter report: Is told when files could not be written: the index then works on in memory.
    /// - Throws: ``PostingError`` `.io` or `.outOfMemory`.
    public init(folder path: String, report: @escaping @Sendable (String) -> Void) throws(PostingError) {
        let folder = try PartialFolder(path)
        var found = PartialState()
        var problem: PostingError?
        do throws(PostingError) {
            found = try folder.contents()
        } catch {
            guard error.code == .damaged else { throw error }
            try folder.clear()
            problem = error
        }
        state = Mutex(found)
        self.folder = folder
        self.report = report
        discarded = problem
    }

    /// Pictures that are found.
    public var count: Int { state.withLock { $0.count } }

    /// What the segments take in memory.
    public var byteCount: Int {
        state.withLock { state in
            state.segments.reduce(0) { $0 + $1.table.byteCount + $1.keys.count * MemoryLayout<EntryKey>.stride }
        }
    }

    /// Of a lane, the first index that the files do not reach: pictures from here on are to be inserted after opening.
    public func covered(lane: UInt16) -> UInt64 { state.withLock { $0.reaches[lane] ?? 0 } }

    /// Does the slow half of an insertion, on any thread.
    public static func prepared(_ features: LocalFeatures) -> PreparedFeatures { PreparedFeatures(features) }

    /// Adds one picture. Within a lane the caller inserts in the order of the log, each key once.
    public func insert(_ features: LocalFeatures, key: EntryKey) {
        insert(contentsOf: CollectionOfOne((features: PreparedFeatures(features), key: key)))
    }

    /// Adds a batch under one lock. The rules of ``insert(_:key:)`` hold.
    public func insert(contentsOf entries: some Collection<(features: PreparedFeatures, key: EntryKey)>) {
        state.withLock {
            $0.tail.append(contentsOf: entries)
            startMaintaining(&$0)
        }
    }

    /// Takes an erased registration out: at once for look-ups, and for good in the files.
    ///
    /// - Returns: Whether the key was there.
    @discardableResult
    public func remove(_ key: EntryKey) -> Bool {
        let isFound = state.withLock { $0.remove(key) }
        if isFound { keep() }
        return isFound
    }
}
