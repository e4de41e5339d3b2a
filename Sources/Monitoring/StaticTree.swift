public import MerkleLog
import Foundation

/// A log as a folder of files that any web server or bucket can serve: `checkpoint` and `tile/…` of C2SP tlog-tiles.
///
/// Tiles are computed from the entries, never copied, and the checkpoint is written last, when the root that follows
/// from the entries is the one that it signs. A run that was cut off is taken up by the next one.
public struct StaticTree: Sendable {
    public let path: String

    /// Why a folder was not brought forward.
    public struct Failure: Error, CustomStringConvertible {
        public let message: String
        public var description: String { "StaticTree.Failure: \(message)" }
    }

    /// What one run did.
    public struct Outcome: Sendable, Equatable {
        public let size: TreeSize
        /// Files that were not there before, the checkpoint not counted.
        public var newFiles = 0
    }

    public init(path: String) { self.path = path }

    /// Brings the folder up to the log's newest checkpoint.
    ///
    /// - Parameter keys: The log's keys. Without any the signature is not checked, only that the tree fits.
    /// - Throws: ``LogAlarm`` when the log does not hold together, or not with what the folder has; ``LogUnreachable``;
    ///   ``Failure`` when a file cannot be written.
    public func update(
        from source: any LogSource,
        keys: [VerifierKey],
        progress: (_ entries: UInt64, _ total: UInt64) -> Void = { _, _ in }
    ) async throws -> Outcome {
        let note = try await source.checkpoint()
        let checkpoint = try Self.checkpoint(note, keys)
        let writer = try exported(before: checkpoint, note)
        var outcome = Outcome(size: checkpoint.size)
        let follower = LogFollower(source: source, from: writer.size, to: checkpoint.size)
        let grown = try await follower.follow(writer) {
            progress($0, checkpoint.size.value)
        } onBundle: { index, bytes in
            let width = Int(min(checkpoint.size.value - index * 256, UInt64(TileID.fullWidth)))
            if try write(bytes, to: .entries(index: index, width: width)) { outcome.newFiles += 1 }
        } onTile: { tile in
            if try write(tile.bytes, to: .tile(tile.id, width: tile.width)) { outcome.newFiles += 1 }
        }
        guard grown.root == checkpoint.root else {
            throw LogAlarm(.wrongRoot, "The signed root does not follow from the log's entries.", notes: [note])
        }
        // A crash before this line leaves the old checkpoint over a tree that has all of its tiles.
        try put(note, at: "\(path)/checkpoint")
        return outcome
    }

    private static func checkpoint(_ bytes: [UInt8], _ keys: [VerifierKey]) throws -> Checkpoint {
        do {
            let note = try SignedNote(parsing: bytes)
            guard !keys.isEmpty else { return try Checkpoint(parsing: note.text) }
            let verified = keys.lazy.compactMap { try? note.verifiedCheckpoint(log: $0, witnesses: []) }.first
            guard let verified else { throw NoteError(.untrusted, "no key given has signed it") }
            return verified.checkpoint
        } catch let error as NoteError {
            throw LogAlarm(.unsigned, "The log's checkpoint does not hold: \(error.message)", notes: [bytes])
        }
    }

    /// The tree that the folder already has, from its own tiles.
    private func exported(before newest: Checkpoint, _ newestNote: [UInt8]) throws -> TileWriter {
        guard let bytes = FileManager.default.contents(atPath: "\(path)/checkpoint").map({ Array($0) }) else {
            return TileWriter()
        }
        guard let note = try? SignedNote(parsing: bytes), let last = try? Checkpoint(parsing: note.text) else {
            throw Failure(message: "\(path)/checkpoint is no checkpoint. Choose a folder of its own for the log.")
        }
        guard last.origin == newest.origin else {
            throw Failure(message: "\(path) holds the log \(last.origin), not \(newest.origin). Choose another folder.")
        }
        guard last.size <= newest.size else {
            throw LogAlarm(
                .rollback,
                "The folder has \(last.size) entries of the log, and the log shows \(newest.size).",
                notes: [bytes, newestNote]
            )
        }
        let writer = try TileWriter(size: last.size, from: FolderTiles(path: path))
        guard writer.root == last.root else {
            throw Failure(message: "The tiles in \(path) were changed. Export into an empty folder.")
        }
        guard last.size < newest.size || last.root == newest.root else {
            throw LogAlarm(
                .splitView,
                "The log has signed two trees of \(last.size) entries.",
                notes: [bytes, newestNote]
            )
        }
        return writer
    }

    /// - Returns: Whether the file was not there. One that is there stays: a resource of one width never changes.
    private func write(_ bytes: [UInt8], to resource: TilePath) throws -> Bool {
        let file = "\(path)/\(resource.text)"
        if let there = FileManager.default.contents(atPath: file) {
            guard Array(there) == bytes else {
                throw Failure(message: "\(file) is there with other bytes. Export into an empty folder.")
            }
            return false
        }
        try put(bytes, at: file)
        return true
    }

    private func put(_ bytes: [UInt8], at file: String) throws {
        let url = URL(filePath: file)
        do {
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(bytes).write(to: url, options: .atomic)
        } catch {
            throw Failure(message: "\(file) cannot be written. Check the folder's rights and room, then run again.")
        }
    }
}

/// The tiles of an exported folder.
struct FolderTiles: TileSource {
    let path: String

    func tile(_ id: TileID, width: Int) throws -> [UInt8] {
        for width in [width, TileID.fullWidth] {
            let file = "\(path)/\(TilePath.tile(id, width: width).text)"
            guard let bytes = FileManager.default.contents(atPath: file), bytes.count == 32 * width else { continue }
            return Array(bytes)
        }
        throw StaticTree.Failure(message: "\(path) lacks \(id) of width \(width). Export into an empty folder.")
    }
}
