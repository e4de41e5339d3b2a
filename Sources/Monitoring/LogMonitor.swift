public import Bytes
public import MerkleLog

/// Follows one log from outside: every checkpoint is checked against the last one seen, by the entries between them,
/// and against what others saw.
///
/// Works for any C2SP tlog-tiles log. Holds one bundle of entries at a time, however long the log is.
public struct LogMonitor: Sendable {
    private let source: any LogSource
    /// One for each key that the log has signed with.
    private let keys: [VerifierKey]
    private let clock: @Sendable () -> UTCTime

    /// - Precondition: There is a key, and all keys have the log's origin as their name.
    public init(
        _ source: any LogSource,
        keys: [VerifierKey],
        clock: @escaping @Sendable () -> UTCTime
    ) {
        precondition(Set(keys.map(\.name)).count == 1, "A log has one name and at least one key.")
        self.source = source
        self.keys = keys
        self.clock = clock
    }

    /// Reads the newest checkpoint, and every entry and tile since the last one.
    ///
    /// - Parameters:
    ///   - state: What was seen last; `nil` reads the log from its beginning.
    ///   - progress: Called with entries read and their total.
    /// - Returns: What is to be remembered.
    /// - Throws: ``LogAlarm``; ``LogUnreachable``.
    public func look(after state: MonitorState?, progress: (UInt64, UInt64) -> Void = { _, _ in }) async throws
        -> MonitorState
    {
        let note = try await source.checkpoint()
        let newest = try verified(note)
        let tiles = FetchedTiles(source)
        var writer = TileWriter()
        if let state {
            let last = try verified(state.checkpoint)
            try compare(newest, note, with: last, state.checkpoint)
            if newest.size == last.size { return state.checked(at: clock(), checkpoint: note) }
            writer = try await tiles.supply { try TileWriter(size: last.size, from: $0) }
            guard writer.root == last.root else {
                throw LogAlarm(
                    .damaged,
                    "The tiles of the tree of \(last.size) entries no longer give the root that the log signed for it.",
                    notes: [state.checkpoint, note]
                )
            }
        }
        let follower = LogFollower(source: source, from: writer.size, to: newest.size)
        let grown = try await follower.follow(writer) {
            progress($0, newest.size.value)
        } onTile: { tile in
            let served = try await source.resource(.tile(tile.id, width: tile.width))
            guard served == tile.bytes else {
                throw LogAlarm(
                    served == nil ? .missing : .damaged,
                    "The log serves \(tile.id) otherwise than its entries give it.",
                    notes: [note]
                )
            }
        }
        guard grown.root == newest.root else {
            throw LogAlarm(
                state == nil ? .wrongRoot : .splitView,
                "The root that the log signed for \(newest.size) entries does not follow from the entries that it "
                    + "serves\(state == nil ? "" : " on top of those seen before"). Keep both notes; tell others.",
                notes: (state.map { [$0.checkpoint] } ?? []) + [note]
            )
        }
        return MonitorState(checkpoint: note, grewAt: clock(), checkedAt: clock())
    }

    /// Holds what someone else was shown against what this monitor has verified.
    ///
    /// - Parameters:
    ///   - other: A checkpoint of the same log from a mirror, a witness, or another place on the network.
    ///   - state: What ``look(after:progress:)`` gave.
    /// - Throws: ``LogAlarm`` with kind `.splitView` when no single log can have signed both, with `.rollback` when the
    ///   other tree is larger than the newest that the log shows here; ``LogUnreachable``.
    public func compare(_ other: [UInt8], after state: MonitorState) async throws {
        var ours = try verified(state.checkpoint)
        var note = state.checkpoint
        let theirs = try verified(other)
        if theirs.size > ours.size {
            // The other may have looked a moment later.
            note = try await source.checkpoint()
            ours = try verified(note)
        }
        guard theirs.size <= ours.size else {
            throw LogAlarm(
                .rollback,
                "The log has shown others a tree of \(theirs.size) entries and shows \(ours.size) here.",
                notes: [note, other]
            )
        }
        guard theirs.size > .empty else { return }
        let root =
            theirs.size == ours.size
            ? ours.root : try await provenRoot(of: theirs.size, in: ours, note)
        guard root == theirs.root else {
            throw LogAlarm(
                .splitView,
                "The log has signed two trees of \(theirs.size) entries. Keep both notes: together they prove it. "
                    + "Trust nothing that it signs from now on, and tell others.",
                notes: [note, other]
            )
        }
    }

    /// The root of an older tree as the newest signed one has it: proven, so that a wrong tile is no split view.
    private func provenRoot(of size: TreeSize, in newest: Checkpoint, _ note: [UInt8]) async throws -> Digest256 {
        let (root, proof) = try await FetchedTiles(source).supply { tiles in
            let reader = TreeReader(tiles)
            return (try reader.root(at: size), try reader.consistencyProof(from: size, to: newest.size))
        }
        guard (try? proof.verify(oldRoot: root, newRoot: newest.root)) != nil else {
            throw LogAlarm(.damaged, "The log's tiles do not give the root that it signed.", notes: [note])
        }
        return root
    }

    private func compare(_ newest: Checkpoint, _ note: [UInt8], with last: Checkpoint, _ lastNote: [UInt8]) throws {
        guard newest.size >= last.size else {
            throw LogAlarm(
                .rollback,
                "The log showed \(last.size) entries before and shows \(newest.size) now. Keep both notes.",
                notes: [lastNote, note]
            )
        }
        guard newest.size > last.size || newest.root == last.root else {
            throw LogAlarm(
                .splitView,
                "The log has signed two trees of \(newest.size) entries. Keep both notes: together they prove it. "
                    + "Trust nothing that it signs from now on, and tell others.",
                notes: [lastNote, note]
            )
        }
    }

    private func verified(_ bytes: [UInt8]) throws -> Checkpoint {
        guard let note = try? SignedNote(parsing: bytes),
            let verified = keys.lazy.compactMap({ try? note.verifiedCheckpoint(log: $0, witnesses: []) }).first
        else {
            throw LogAlarm(
                .unsigned,
                "The checkpoint is not signed by the key given for \(keys[0].name). If the log has rotated its key, "
                    + "give the new one too, once you have it from its operator.",
                notes: [bytes]
            )
        }
        return verified.checkpoint
    }
}
