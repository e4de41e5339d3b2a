import Anchoring
import Bytes
import EvidenceStore
import Foundation
import MerkleLog
import OpenSSL

/// The notary's secrets, each in a file of its own outside the store, readable by the owner alone.
struct KeyRing: Sendable {
    /// One for each log that this notary signs for, under the log's origin as its name.
    let logKeys: [SignerKey]
    /// Keys that a change of keys has made and perhaps not yet put in force.
    var nextLogKeys: [SignerKey] = []
    /// Public keys that signed before those in force.
    var formerLogKeys: [VerifierKey] = []
    let masterKey: MasterKey
    let authorityCredentials: SelfOperatedAuthority.Credentials

    private enum FileName {
        static let logKey = "log.key"
        static func logKey(of lane: LaneID) -> String { "lane-\(lane.rawValue).key" }
        static let nextSuffix = ".next"
        /// Public keys, one on each line, oldest first.
        static let formerSuffix = ".former"
        static let masterKey = "master.key"
        static let authorityKey = "tsa.key"
        static let authorityCertificate = "tsa.pem"
        static let authorityRoot = "tsa-root.pem"
    }

    /// Makes all keys. The root that issues the built-in authority's certificate signs once and its key is thrown away.
    ///
    /// - Parameters:
    ///   - origin: The log that outsiders see.
    ///   - lanes: Further logs under it.
    static func create(in folder: String, origin: String, lanes: [LaneID: String], now: UTCTime) throws -> KeyRing {
        try FileManager.default.createDirectory(
            atPath: folder,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        let credentials = try SelfOperatedAuthority.generate(origin: origin, nowSeconds: now.seconds)
        var logKeys = [try SignerKey.generate(name: origin)]
        try write(logKeys[0].privateText + "\n", to: "\(folder)/\(FileName.logKey)")
        for (lane, origin) in lanes.sorted(by: { $0.key < $1.key }) {
            let key = try SignerKey.generate(name: origin)
            try write(key.privateText + "\n", to: "\(folder)/\(FileName.logKey(of: lane))")
            logKeys.append(key)
        }
        try write(credentials.privateKeyPEM, to: "\(folder)/\(FileName.authorityKey)")
        try write(credentials.certificatePEM, to: "\(folder)/\(FileName.authorityCertificate)")
        try write(credentials.rootCertificatePEM, to: "\(folder)/\(FileName.authorityRoot)")
        let masterKey = try MasterKey.create(at: "\(folder)/\(FileName.masterKey)")
        return KeyRing(logKeys: logKeys, masterKey: masterKey, authorityCredentials: credentials)
    }

    static func load(from folder: String) throws -> KeyRing {
        do {
            let masterKey = try MasterKey.load(from: "\(folder)/\(FileName.masterKey)")
            return KeyRing(
                logKeys: try logKeyFiles(in: folder).map { try logKey(at: "\(folder)/\($0)") },
                nextLogKeys: try logKeyFiles(in: folder).map { "\(folder)/\($0)" + FileName.nextSuffix }
                    .filter(FileManager.default.fileExists).map(logKey),
                formerLogKeys: try formerLogKeys(in: folder),
                masterKey: masterKey,
                authorityCredentials: .init(
                    rootCertificatePEM: try read("\(folder)/\(FileName.authorityRoot)"),
                    certificatePEM: try read("\(folder)/\(FileName.authorityCertificate)"),
                    privateKeyPEM: try read("\(folder)/\(FileName.authorityKey)")
                )
            )
        } catch let error as StoreError {
            throw NotaryError(.keyUnusable, error.message, cause: error)
        } catch let error as NoteError {
            throw NotaryError(.keyUnusable, "A log's key in \(folder) does not read: \(error.message)", cause: error)
        }
    }

    /// - Throws: ``NotaryError`` with `.keyUnusable` when there is none of this name.
    func logKey(named origin: String) throws -> SignerKey {
        guard let key = logKeys.first(where: { $0.name == origin }) else {
            let names = logKeys.map(\.name).joined(separator: ", ")
            throw NotaryError(.keyUnusable, "The log is \(origin), and there is no key for it, only for \(names).")
        }
        return key
    }

    func nextLogKey(named origin: String) -> SignerKey? { nextLogKeys.first { $0.name == origin } }

    /// Puts an announced key in its place, if an earlier change could not.
    ///
    /// - Parameter current: The key in force.
    static func finishChange(to current: VerifierKey, in folder: String) throws {
        let path = try logKeyPath(of: current.name, in: folder)
        if try logKey(at: path).verifierKey != current { try promoteNext(of: current.name, in: folder) }
    }

    /// Keeps the key that is to follow beside the one in force.
    static func writeNext(_ key: SignerKey, in folder: String) throws {
        let path = try logKeyPath(of: key.name, in: folder) + FileName.nextSuffix
        try DurableFile.replace(path, Array((key.privateText + "\n").utf8), permissions: 0o600)
    }

    /// Puts the key that is to follow in the place of the one that was in force, which is then gone.
    static func promoteNext(of origin: String, in folder: String) throws {
        let path = try logKeyPath(of: origin, in: folder)
        let next = path + FileName.nextSuffix
        try keepFormer(try logKey(at: path).verifierKey, ifNot: try logKey(at: next).verifierKey, at: path)
        // A crash before this line leaves both files; after it, the key in its place, and perhaps once more beside it.
        try DurableFile.replace(path, Array(try read(next).utf8), permissions: 0o600)
        try FileManager.default.removeItem(atPath: next)
    }

    /// Public keys that signed before: a store copy from before a change of key holds no word of them.
    static func formerLogKeys(in folder: String) throws -> [VerifierKey] {
        try logKeyFiles(in: folder).flatMap { try formerKeys(at: "\(folder)/\($0)") }
    }

    private static func keepFormer(_ former: VerifierKey, ifNot next: VerifierKey, at path: String) throws {
        let kept = try formerKeys(at: path)
        guard former != next, !kept.contains(former) else { return }
        let text = (kept + [former]).map { $0.text + "\n" }.joined()
        try DurableFile.replace(path + FileName.formerSuffix, Array(text.utf8), permissions: 0o600)
    }

    private static func formerKeys(at path: String) throws -> [VerifierKey] {
        guard FileManager.default.fileExists(atPath: path + FileName.formerSuffix) else { return [] }
        return try read(path + FileName.formerSuffix).split(separator: "\n").map { try VerifierKey(parsing: $0) }
    }

    private static func logKeyPath(of origin: String, in folder: String) throws -> String {
        for name in try logKeyFiles(in: folder) {
            let path = "\(folder)/\(name)"
            if try logKey(at: path).name == origin { return path }
        }
        throw NotaryError(.keyUnusable, "There is no key of \(origin) in \(folder).")
    }

    private static func logKey(at path: String) throws -> SignerKey {
        try SignerKey(parsing: read(path).trimmingSuffixNewline)
    }

    private static func logKeyFiles(in folder: String) throws -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return [FileName.logKey] + names.filter { $0.hasPrefix("lane-") && $0.hasSuffix(".key") }.sorted()
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
