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
    /// - Parameter origin: The log's name for ever: a schema-less URL such as `log.example.org/photos`.
    /// - Throws: ``NotaryError`` with `.alreadyInitialized`, `.invalidOrigin` or `.storeFailed`.
    public static func initialize(_ configuration: NotaryConfiguration, origin: String) throws -> TrustBundle {
        try checkOrigin(origin)
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
        let keys = try KeyRing.create(in: configuration.resolvedKeysFolder, origin: origin, now: now)
        let store = try Store.create(at: configuration.storeFolder, origin: origin, masterKey: keys.masterKey)
        defer { store.close() }
        _ = try store.createAccount(
            name: defaultAccountName,
            originalsPolicy: configuration.keepsOriginalsByDefault ? .always : .never,
            now: now.milliseconds
        )
        // From here on a missing guard always means that something was lost.
        let empty = try Checkpoint(origin: origin, size: .empty, root: TileWriter().root).signed(by: keys.logKey)
        try GuardFile(path: configuration.resolvedGuardPath).write(empty.bytes)
        let roots = try SigningCertificate.list(pem: keys.authorityCredentials.rootCertificatePEM)
        return TrustBundle(logKeys: [keys.logKey.verifierKey], timestampRoots: roots)
    }

    private static func checkOrigin(_ origin: String) throws {
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
