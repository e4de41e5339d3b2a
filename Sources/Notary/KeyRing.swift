import Anchoring
import Bytes
import EvidenceStore
import Foundation
import MerkleLog
import OpenSSL

/// The notary's secrets, each in a file of its own outside the store, readable by the owner alone.
struct KeyRing: Sendable {
    let logKey: SignerKey
    let masterKey: MasterKey
    let authorityCredentials: SelfOperatedAuthority.Credentials

    private enum FileName {
        static let logKey = "log.key"
        static let masterKey = "master.key"
        static let authorityKey = "tsa.key"
        static let authorityCertificate = "tsa.pem"
        static let authorityRoot = "tsa-root.pem"
    }

    /// Makes all keys. The root that issues the built-in authority's certificate signs once and its key is thrown away.
    static func create(in folder: String, origin: String, now: UTCTime) throws -> KeyRing {
        try FileManager.default.createDirectory(
            atPath: folder,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        let logKey = try SignerKey.generate(name: origin)
        let credentials = try SelfOperatedAuthority.generate(origin: origin, nowSeconds: now.seconds)
        try write(logKey.privateText + "\n", to: "\(folder)/\(FileName.logKey)")
        try write(credentials.privateKeyPEM, to: "\(folder)/\(FileName.authorityKey)")
        try write(credentials.certificatePEM, to: "\(folder)/\(FileName.authorityCertificate)")
        try write(credentials.rootCertificatePEM, to: "\(folder)/\(FileName.authorityRoot)")
        let masterKey = try MasterKey.create(at: "\(folder)/\(FileName.masterKey)")
        return KeyRing(logKey: logKey, masterKey: masterKey, authorityCredentials: credentials)
    }

    static func load(from folder: String) throws -> KeyRing {
        do {
            let logKey = try SignerKey(parsing: read("\(folder)/\(FileName.logKey)").trimmingSuffixNewline)
            return KeyRing(
                logKey: logKey,
                masterKey: try MasterKey.load(from: "\(folder)/\(FileName.masterKey)"),
                authorityCredentials: .init(
                    rootCertificatePEM: try read("\(folder)/\(FileName.authorityRoot)"),
                    certificatePEM: try read("\(folder)/\(FileName.authorityCertificate)"),
                    privateKeyPEM: try read("\(folder)/\(FileName.authorityKey)")
                )
            )
        } catch let error as StoreError {
            throw NotaryError(.keyUnusable, error.message, cause: error)
        } catch let error as NoteError {
            throw NotaryError(.keyUnusable, "The log's key in \(folder) does not read: \(error.message)", cause: error)
        }
    }

    private static func write(_ text: String, to path: String) throws {
        try DurableFile.create(path, Array(text.utf8), permissions: 0o600)
    }

    private static func read(_ path: String) throws -> String {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw NotaryError(.keyUnusable, "\(path) is missing or not readable. Put the key back before starting.")
        }
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int ?? 0
        guard mode & 0o077 == 0 else {
            throw NotaryError(.keyUnusable, "\(path) is readable by others than its owner. Run: chmod 600 \(path)")
        }
        return String(decoding: data, as: UTF8.self)
    }
}

extension String {
    fileprivate var trimmingSuffixNewline: Substring { hasSuffix("\n") ? dropLast() : self[...] }
}
