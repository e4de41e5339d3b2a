import Bytes
public import Evidence
import Anchoring
import EvidenceStore
import Foundation
import MerkleLog
import OpenSSL

extension Notary {
    /// The account that commands on the data folder itself act for unless told otherwise.
    public static let defaultAccountName = "default"

    /// Makes a data folder: keys, an empty store, and the account ``defaultAccountName``.
    ///
    /// - Parameters:
    ///   - origin: The log's name for ever: a schema-less URL such as `log.example.org/photos`.
    ///   - laneCount: With more than one, registrations go into so many logs named `<origin>/lanes/<n>`, and the log
    ///     with the origin holds their checkpoints. Fixed for ever.
    ///   - predecessor: The final checkpoint of the log that this one goes on for, as its readers see it. The new log's
    ///     first entry holds it.
    /// - Throws: ``NotaryError`` with `.alreadyInitialized`, `.invalidOrigin`, `.invalidRequest` or `.storeFailed`.
    public static func initialize(
        _ configuration: NotaryConfiguration,
        origin: String,
        laneCount: Int = 1,
        follows predecessor: [UInt8]? = nil
    ) throws -> TrustBundle {
        try checkOrigin(origin)
        let start = try predecessor.map { LogNotice.start(follows: try finalCheckpoint($0, before: origin)) }
        guard 1...laneLimit ~= laneCount else {
            throw NotaryError(.invalidRequest, "A log has 1 to \(laneLimit) lanes.")
        }
        let files = FileManager.default
        let taken = [
            configuration.storeFolder, configuration.resolvedKeysFolder + "/log.key", configuration.resolvedGuardPath,
        ].first(where: files.fileExists)
        if let taken {
            throw NotaryError(
                .alreadyInitialized,
                "\(taken) is there already. A log is made once; choose another data folder."
            )
        }
        let guardFolder = (configuration.resolvedGuardPath as NSString).deletingLastPathComponent
        for folder in [configuration.dataFolder, configuration.temporaryFolder, guardFolder] {
            try files.createDirectory(
                atPath: folder,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        }
        let now = UTCTime.now
        let lanes = laneCount == 1 ? [:] : laneOrigins(under: origin, count: laneCount)
        let keys = try KeyRing.create(in: configuration.resolvedKeysFolder, origin: origin, lanes: lanes, now: now)
        let origins = lanes.merging([laneCount == 1 ? .first : .top: origin]) { first, _ in first }
        let store = try Store.create(at: configuration.storeFolder, origins: origins, masterKey: keys.masterKey)
        defer { store.close() }
        _ = try store.createAccount(
            name: defaultAccountName,
            originalsPolicy: configuration.keepsOriginalsByDefault ? .always : .never,
            now: now.milliseconds
        )
        // From here on a missing guard always means that something was lost.
        for (lane, origin) in origins {
            let empty = try Checkpoint(origin: origin, size: .empty, root: TileWriter().root)
                .signed(by: keys.logKey(named: origin))
            try GuardFile(path: configuration.guardPath(of: lane, in: origins.count)).write(empty.bytes)
        }
        if let start {
            let outgoing: LaneID = laneCount == 1 ? .first : .top
            let first = try begin(outgoing, with: start, in: store, key: keys.logKey(named: origin), now: now)
            try GuardFile(path: configuration.guardPath(of: outgoing, in: origins.count)).write(first.signed)
        }
        let roots = try SigningCertificate.list(pem: keys.authorityCredentials.rootCertificatePEM)
        return TrustBundle(logKeys: keys.logKeys.map(\.verifierKey), timestampRoots: roots)
    }

    /// A predecessor's checkpoint as every outsider commits to it: without what witnesses added.
    private static func finalCheckpoint(_ bytes: [UInt8], before origin: String) throws -> [UInt8] {
        do {
            let note = try SignedNote(parsing: bytes)
            let checkpoint = try Checkpoint(parsing: note.text)
            let own = note.signatures.filter { $0.name == checkpoint.origin }
            guard !own.isEmpty, checkpoint.origin != origin else {
                throw NotaryError(
                    .invalidRequest,
                    "The predecessor's checkpoint is of \(checkpoint.origin): it must be another log's, and signed by it."
                )
            }
            return try SignedNote(text: note.text, signatures: own).bytes
        } catch let error as NoteError {
            throw NotaryError(
                .invalidRequest,
                "The predecessor's checkpoint does not read: \(error.message)",
                cause: error
            )
        }
    }

    /// Writes the first entry of a log.
    ///
    /// - Returns: The checkpoint that covers it, for the guard. A crash before that is written leaves a log one batch
    ///   ahead of its guard, which opening mends.
    private static func begin(
        _ lane: LaneID,
        with notice: LogNotice,
        in store: Store,
        key: SignerKey,
        now: UTCTime
    ) throws -> StoredCheckpoint {
        let entry = PlainEntry(.notice, notice.bytes)
        var writer = TileWriter()
        let tiles = writer.append([entry.id])
        let note = try Checkpoint(origin: key.name, size: tiles.size, root: tiles.root).signed(by: key)
        let checkpoint = StoredCheckpoint(size: tiles.size, signed: note.bytes, batchTime: now.milliseconds)
        try store.commit(
            SequencedBatch(
                lane: lane,
                first: tiles.firstIndex,
                entries: [.plain(entry)],
                tiles: tiles.changedTiles,
                checkpoint: checkpoint
            )
        )
        return checkpoint
    }

    /// More lanes than machines that one notary will ever have.
    private static let laneLimit = 64

    private static func laneOrigins(under origin: String, count: Int) -> [LaneID: String] {
        Dictionary(uniqueKeysWithValues: (0..<count).map { (LaneID(UInt16($0)), "\(origin)/lanes/\($0)") })
    }

    static func checkOrigin(_ origin: String) throws {
        let host = origin.prefix { $0 != "/" }
        let isPlain = origin.unicodeScalars.allSatisfy { $0.isASCII && $0.value > 0x20 && $0 != "+" && $0.value < 0x7F }
        guard isPlain, !origin.contains("://"), host.contains(where: \.isLetter), origin.utf8.count <= 200,
            !origin.hasSuffix("/")
        else {
            throw NotaryError(
                .invalidOrigin,
                "\"\(origin.prefix(200))\" is no origin. It is a URL without scheme, such as "
                    + "log.example.org/photos, and stays for ever."
            )
        }
    }
}
