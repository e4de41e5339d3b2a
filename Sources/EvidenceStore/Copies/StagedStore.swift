import Glibc

/// The files of a store as they were at one moment, linked into a folder of their own for a store copy, without any
/// record's key.
package struct StagedStore: Sendable {
    /// A log with its newest checkpoint of that moment; `nil` before the first batch.
    package struct Log: Sendable {
        package let lane: LaneID
        package let origin: String
        package let head: StoredCheckpoint?
    }

    package let folder: String
    /// Of the database that the files are shared with.
    package let identity: String
    package let logs: [Log]
    /// Of the files that make up the database, in order. The folder holds others that do not.
    package let fileNames: [String]
}

extension StagedStore {
    /// - Parameter names: Everything in the folder, after the database was closed.
    /// - Throws: ``StoreError`` with code `.corrupted` when there is a file that may hold what must not get out.
    static func fileNames(of names: [String], in folder: String) throws(StoreError) -> [String] {
        let path = folder + "/CURRENT"
        guard let current = try DurableFile.read(path, limitBytes: 256)?.bytes else {
            throw StoreError(.corrupted, "A copied database has no file CURRENT.")
        }
        let manifest = String(decoding: current.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
        var kept: [String] = []
        for name in names.sorted() {
            switch kind(of: name) {
            case .table: kept.append(name)
            case .current: kept.append(name)
            case .manifest where name == manifest: kept.append(name)
            case .manifest, .notes: break
            case .writeAheadLog:
                guard try FileTransfer.size(of: folder + "/" + name) == 0 else {
                    throw StoreError(.corrupted, "A copied database has rows left in its write-ahead log.")
                }
            case .unknown: throw StoreError(.corrupted, "A copied database holds a file of unknown kind.")
            }
        }
        guard kept.contains(manifest) else { throw StoreError(.corrupted, "A copied database has no manifest.") }
        return kept
    }

    private enum Kind { case table, current, manifest, writeAheadLog, notes, unknown }

    private static func kind(of name: String) -> Kind {
        if name.hasSuffix(".sst") || name.hasSuffix(".blob") { return .table }
        if name.hasSuffix(".log") { return .writeAheadLog }
        if name == "CURRENT" { return .current }
        if name.hasPrefix("MANIFEST-") { return .manifest }
        // A lock, RocksDB's diary, its identity and its options: opening makes them anew.
        if ["LOCK", "LOG", "IDENTITY"].contains(name) || name.hasPrefix("LOG.old.") || name.hasPrefix("OPTIONS-") {
            return .notes
        }
        return .unknown
    }
}
