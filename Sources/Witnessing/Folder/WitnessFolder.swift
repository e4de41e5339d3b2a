import Bytes
import MerkleLog
import OpenSSL

/// A witness's folder: its key, the logs that it knows, and what it cosigned last of each.
///
/// ```
/// witness.key            the private key, mode 600
/// logs                   the keys of the logs, one in a line
/// state/<SHA-256 of the origin>
/// forks/                 checkpoints that contradict what was cosigned
/// lock
/// ```
///
/// A log's state is the checkpoint cosigned last, with the witness's own line: damage shows as a line that does not hold.
/// A log that is new has the empty tree's. The state of a log that left the list stays, for the day it comes back.
struct WitnessFolder: Sendable {
    /// A hundred thousand logs.
    private static let listLimitBytes = 16 << 20
    private static let keyLimitBytes = 4 << 10
    /// Forks kept of each log: more of them say nothing new.
    static let forkLimit = 16

    let path: String
    let key: SignerKey
    private let lock: FolderLock

    /// Makes a new witness, for now without logs.
    ///
    /// - Throws: ``WitnessingError`` with code `.alreadyExists`, `.invalidKey`, `.locked` or `.io`.
    static func create(at path: String, name: String) throws(WitnessingError) -> Self {
        let key: SignerKey
        do throws(NoteError) {
            key = try SignerKey.generate(name: name, algorithm: .cosignature)
        } catch {
            throw WitnessingError(.invalidKey, error.message)
        }
        try SyncedFile.makeFolder(path)
        let lock = try FolderLock(path: "\(path)/lock")
        for name in ["witness.key", "logs"] where try SyncedFile.read("\(path)/\(name)", limitBytes: .max) != nil {
            throw WitnessingError(.alreadyExists, "There is a witness in \(path) already; it stays as it is.")
        }
        try SyncedFile.makeFolder("\(path)/state")
        try SyncedFile.makeFolder("\(path)/forks")
        try SyncedFile.replace(
            "\(path)/logs",
            Array("# The keys of the logs that this witness knows.\n".utf8),
            permissions: 0o600
        )
        // Last: without its key a folder is no witness.
        try SyncedFile.replace("\(path)/witness.key", Array((key.privateText + "\n").utf8), permissions: 0o600)
        return Self(path: path, key: key, lock: lock)
    }

    /// - Throws: ``WitnessingError`` with code `.absent`, `.damaged`, `.exposedKey`, `.locked` or `.io`.
    static func open(at path: String) throws(WitnessingError) -> Self {
        guard let (bytes, permissions) = try SyncedFile.read("\(path)/witness.key", limitBytes: keyLimitBytes) else {
            throw WitnessingError(.absent, "There is no witness in \(path). Make one with `cinnabar witness init`.")
        }
        guard permissions & 0o077 == 0 else {
            throw WitnessingError(.exposedKey, "Others may read the key. Run: chmod 600 \(path)/witness.key")
        }
        let lock = try FolderLock(path: "\(path)/lock")
        let text = String(decoding: bytes, as: UTF8.self)
        guard let key = try? SignerKey(parsing: text.hasSuffix("\n") ? text.dropLast() : text[...]),
            key.verifierKey.algorithm == .cosignature
        else { throw WitnessingError(.damaged, "The key in \(path)/witness.key does not read as a witness's.") }
        return Self(path: path, key: key, lock: lock)
    }

    /// The keys of the list, in its order.
    ///
    /// - Throws: ``WitnessingError`` with code `.absent`, `.damaged` or `.io`.
    func logKeys() throws(WitnessingError) -> [VerifierKey] {
        var keys: [VerifierKey] = []
        for (number, line) in try listText().split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let text = line.trimmingPrefix { $0 == " " }
            guard !text.isEmpty, !text.hasPrefix("#") else { continue }
            do throws(WitnessingError) {
                keys.append(try Self.logKey(String(text)))
            } catch {
                throw WitnessingError(.damaged, "Line \(number + 1) of \(path)/logs: \(error.message)")
            }
        }
        return keys
    }

    /// - Throws: ``WitnessingError`` with code `.invalidKey`.
    static func logKey(_ text: String) throws(WitnessingError) -> VerifierKey {
        guard let key = try? VerifierKey(parsing: text), key.algorithm == .ed25519 else {
            throw WitnessingError(
                .invalidKey,
                "That is not an Ed25519 key of a log in the form `name+hash+base64`, as `cinnabar log trust` prints it."
            )
        }
        return key
    }

    /// Adds a key to the list, and an empty state unless the log has one. A log may have several keys.
    ///
    /// - Throws: ``WitnessingError`` with code `.absent`, `.damaged` or `.io`.
    func add(_ key: VerifierKey, nowSeconds: UInt64) throws(WitnessingError) {
        guard try !logKeys().contains(key) else { return }
        if try !hasState(of: key.name) {
            try write(try .empty(origin: key.name, cosignedBy: self.key, nowSeconds: nowSeconds))
        }
        // A crash before this line leaves a state that no log uses yet.
        let text = try listText()
        let separator = text.isEmpty || text.hasSuffix("\n") ? "" : "\n"
        try SyncedFile.replace("\(path)/logs", Array("\(text)\(separator)\(key.text)\n".utf8), permissions: 0o600)
    }

    /// - Throws: ``WitnessingError`` with code `.absent`, `.damaged` or `.io`.
    func state(of origin: String) throws(WitnessingError) -> LogState {
        guard let (bytes, _) = try SyncedFile.read(statePath(of: origin), limitBytes: SignedNote.maximumByteCount)
        else {
            throw WitnessingError(
                .absent,
                "The state of \(origin) is missing. If the witness never saw this log, take its line out of \(path)/logs "
                    + "and run `cinnabar witness add`. Otherwise put the file back: without it the witness could sign twice."
            )
        }
        guard let state = LogState(parsing: bytes, origin: origin, cosigner: key.verifierKey) else {
            throw WitnessingError(
                .damaged,
                "The state of \(origin), \(statePath(of: origin)), is damaged. Put the file back as it was: without it the "
                    + "witness could sign twice."
            )
        }
        return state
    }

    /// - Throws: ``WitnessingError`` with code `.io`: the state on disk is then the old or the new one.
    func write(_ state: LogState) throws(WitnessingError) {
        try SyncedFile.replace(statePath(of: state.checkpoint.origin), state.note.bytes, permissions: 0o600)
    }

    /// Keeps two checkpoints of one size that contradict each other, signed by their log.
    func keep(fork submitted: SignedNote, of checkpoint: Checkpoint, against state: LogState) throws(WitnessingError) {
        let name = "\(Self.name(of: checkpoint.origin).prefix(16))-\(checkpoint.size)-\(checkpoint.root.hex.prefix(16))"
        try SyncedFile.replace("\(path)/forks/\(name)-cosigned", state.note.bytes, permissions: 0o600)
        try SyncedFile.replace("\(path)/forks/\(name)-submitted", submitted.bytes, permissions: 0o600)
    }

    private func hasState(of origin: String) throws(WitnessingError) -> Bool {
        try SyncedFile.read(statePath(of: origin), limitBytes: SignedNote.maximumByteCount) != nil
    }

    private func statePath(of origin: String) -> String { "\(path)/state/\(Self.name(of: origin))" }

    /// Origins may hold anything but control characters, file names may not.
    private static func name(of origin: String) -> String { SHA256.digest(of: Array(origin.utf8)).hex }

    private func listText() throws(WitnessingError) -> String {
        guard let (bytes, _) = try SyncedFile.read("\(path)/logs", limitBytes: Self.listLimitBytes) else {
            throw WitnessingError(.absent, "\(path)/logs is missing: the list of the logs that the witness knows.")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw WitnessingError(.damaged, "\(path)/logs is not UTF-8.")
        }
        return text
    }
}
