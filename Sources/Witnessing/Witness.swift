public import Anchoring
public import Logging
public import MerkleLog
import Bytes
import OpenSSL

/// An independent witness: cosigns a log's checkpoints as long as each extends the one before.
///
/// Knows nothing of Cinnabar's own log: it serves any C2SP log whose key is in its list.
public final class Witness: Sendable {
    private let folder: WitnessFolder
    /// By the origin's bytes: strings of different bytes may be equal to Swift.
    private let logs: [[UInt8]: WitnessedLog]

    /// What others check this witness's cosignatures with.
    public var key: VerifierKey { folder.key.verifierKey }

    /// Makes a witness's folder with a new key.
    ///
    /// - Parameters:
    ///   - name: A URL without scheme that identifies the witness, such as `witness.example/w1`.
    ///   - logs: Keys in the form `name+hash+base64`.
    /// - Returns: The witness's public key.
    /// - Throws: ``WitnessingError`` with code `.alreadyExists`, `.invalidKey`, `.locked` or `.io`.
    public static func create(
        at path: String,
        name: String,
        logs: [String],
        nowSeconds: UInt64
    ) throws(WitnessingError) -> VerifierKey {
        var keys: [VerifierKey] = []
        for text in logs { keys.append(try WitnessFolder.logKey(text)) }
        let folder = try WitnessFolder.create(at: path, name: name)
        for key in keys { try folder.add(key, nowSeconds: nowSeconds) }
        return folder.key.verifierKey
    }

    /// Adds a log, or a further key of a log that rotates its own. The witness must not be running.
    ///
    /// - Returns: The key that was added.
    /// - Throws: ``WitnessingError`` with code `.absent`, `.damaged`, `.exposedKey`, `.locked`, `.invalidKey` or `.io`.
    @discardableResult
    public static func add(
        log text: String,
        to path: String,
        nowSeconds: UInt64
    ) throws(WitnessingError) -> VerifierKey {
        let key = try WitnessFolder.logKey(text)
        try WitnessFolder.open(at: path).add(key, nowSeconds: nowSeconds)
        return key
    }

    /// Reads and checks the state of every log.
    ///
    /// - Parameter clock: Seconds since 1970.
    /// - Throws: ``WitnessingError`` with code `.absent`, `.damaged`, `.exposedKey`, `.locked` or `.io`.
    public init(
        folder path: String,
        clock: @escaping @Sendable () -> UInt64,
        logger: Logger
    ) throws(WitnessingError) {
        folder = try WitnessFolder.open(at: path)
        var keys: [[UInt8]: [VerifierKey]] = [:]
        for key in try folder.logKeys() { keys[Array(key.name.utf8), default: []].append(key) }
        var logs: [[UInt8]: WitnessedLog] = [:]
        for (origin, keys) in keys {
            logs[origin] = WitnessedLog(
                origin: keys[0].name,
                keys: keys,
                state: try folder.state(of: keys[0].name),
                folder: folder,
                clock: clock,
                logger: logger
            )
        }
        self.logs = logs
    }

    /// The checkpoint that was cosigned last of one log: what a monitor holds against what the log shows it.
    ///
    /// - Parameter originDigest: SHA-256 of the log's origin, in lower-case hex.
    /// - Returns: `nil` for a log that is not in the list, or of which nothing was cosigned yet.
    public func checkpoint(ofOriginDigest originDigest: String) -> [UInt8]? {
        logs.first { SHA256.digest(of: $0.key).hex == originDigest }?.value.note
    }

    /// Answers one request. Blocks while the disk takes the new state: call it off the cooperative pool.
    ///
    /// - Parameter body: Of the request, as it came.
    /// - Throws: ``WitnessingError`` with code `.io` when the witness cannot cosign now.
    public func answer(to body: [UInt8]) throws(WitnessingError) -> AddCheckpointResponse {
        guard let request = try? AddCheckpointRequest(parsing: body),
            let checkpoint = try? Checkpoint(parsing: request.checkpoint.text)
        else { return .refused(.malformed) }
        guard let log = logs[Array(checkpoint.origin.utf8)] else { return .refused(.unknownLog) }
        let lines = log.signed(request.checkpoint)
        guard !lines.isEmpty, let note = try? SignedNote(text: request.checkpoint.text, signatures: lines) else {
            return .refused(.untrustedSignature)
        }
        return try log.answer(request, checkpoint, note: note)
    }

    /// How every log is, ordered by origin.
    public var status: [LogStatus] {
        logs.values.map(LogStatus.init).sorted { $0.origin < $1.origin }
    }
}
