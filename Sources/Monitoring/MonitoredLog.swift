public import Anchoring
public import MerkleLog

/// Which log is followed, and what is expected of it. Durations are in seconds.
public struct MonitoredLog: Sendable {
    public let source: any LogSource
    /// Its keys, one name: several once it has changed its key.
    public let keys: [VerifierKey]
    /// Where others show checkpoints of it.
    public var views: [LogView] = []
    public var policy: TlogPolicy?
    /// How long checkpoints may go without meeting the policy. Cosignatures come after the checkpoint, and a batch may
    /// miss its witnesses without harm.
    public var witnessedWithinSeconds: UInt64 = 600
    /// How long the log may show nothing new; `nil` when it may for ever.
    public var stalledAfterSeconds: UInt64?
    /// Whether every entry is fetched and hashed. Without it checkpoints are compared and nothing else.
    public var readsEntries = true

    /// - Precondition: There is a key, and all keys have the log's origin as their name.
    public init(_ source: any LogSource, keys: [VerifierKey]) {
        precondition(Set(keys.map(\.name)).count == 1, "A log has one name and at least one key.")
        self.source = source
        self.keys = keys
    }

    /// - Throws: ``NoteError`` of ``SignedNote/verifiedCheckpoint(log:witnesses:)``, by the key that comes closest.
    func verified(_ bytes: [UInt8]) throws(NoteError) -> VerifiedCheckpoint {
        let note = try SignedNote(parsing: bytes)
        let witnesses = policy?.witnesses.map(\.key) ?? []
        var failure = NoteError(.untrusted, "No trusted key has signed the note.")
        for key in keys {
            do throws(NoteError) {
                return try note.verifiedCheckpoint(log: key, witnesses: witnesses)
            } catch {
                // Not signed by this key says less than signed wrongly.
                if error != failure { failure = error }
            }
        }
        throw failure
    }
}
