import EvidenceStore
import MerkleLog

/// The keys of one log, each with the size of the tree from which on it signs. A log keeps its name and changes its key.
struct LogKeys: Sendable, Equatable {
    struct Period: Sendable, Equatable {
        /// The least size of a checkpoint that the key signs.
        let firstSize: TreeSize
        let key: VerifierKey
    }

    /// In order; the first begins with the empty tree.
    private(set) var periods: [Period]
    private(set) var current: VerifierKey

    /// A log that has never changed its key.
    init(_ key: VerifierKey) {
        periods = [Period(firstSize: .empty, key: key)]
        current = key
    }

    /// As the store has them.
    ///
    /// - Throws: ``NotaryError`` with `.keyUnusable` when a stored key does not read.
    init(_ stored: [StoredLogKey], orNever key: VerifierKey) throws {
        self.init(key)
        guard !stored.isEmpty else { return }
        periods = try stored.map { row in
            guard let key = try? VerifierKey(parsing: row.key) else {
                throw NotaryError(.keyUnusable, "A key that the store has of the log does not read. Restore the store.")
            }
            return Period(firstSize: row.firstSize, key: key)
        }
        current = periods[periods.count - 1].key
    }

    /// From the newest to the oldest.
    var all: [VerifierKey] { periods.reversed().map(\.key) }

    /// The key that signs checkpoints of this size.
    func key(ofSize size: TreeSize) -> VerifierKey { periods.last { $0.firstSize <= size }?.key ?? periods[0].key }

    /// A checkpoint of the log, signed by the key that was valid for its size.
    ///
    /// - Throws: `NoteError`.
    func verified(_ bytes: [UInt8]) throws(NoteError) -> VerifiedCheckpoint {
        let note = try SignedNote(parsing: bytes)
        let size = try Checkpoint(parsing: note.text).size
        return try note.verifiedCheckpoint(log: key(ofSize: size))
    }

    mutating func append(_ key: VerifierKey, from firstSize: TreeSize) {
        periods.append(Period(firstSize: firstSize, key: key))
        current = key
    }
}
