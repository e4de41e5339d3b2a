import Evidence
import EvidenceStore
import Foundation
import MerkleLog
import Notary
import Testing

/// A notary's folder with a folder for its copies, and what tests do to both.
struct CopyFixture {
    let office: Office
    var copies: String { office.folder + "-copies" }
    private let sweeper: Sweeper

    init(laneCount: Int = 1) throws {
        office = try Office(laneCount: laneCount)
        sweeper = Sweeper(office.folder)
    }

    /// Registers texts, each with a picture's worth of incompressible bytes if wanted, and copies.
    @discardableResult
    func register(_ texts: [String], keepingBytes count: Int = 0) async throws -> [LeafHash] {
        try await office.whileOpen { notary, caller in
            var ids: [LeafHash] = []
            for text in texts { ids.append(try await notary.register(text, for: caller).id) }
            return ids
        }
    }

    @discardableResult
    func copy(keeping count: Int? = nil) throws -> StoreCopyReport {
        let notary = try office.open()
        defer { notary.close() }
        return try copy(notary, keeping: count)
    }

    func copy(_ notary: Notary, keeping count: Int? = nil) throws -> StoreCopyReport {
        var request = StoreCopyRequest(folder: copies)
        request.keptGenerations = count
        return try notary.copyStore(request)
    }

    func verified(deeply: Bool = true) throws -> CopyVerification {
        try Notary.verifyCopy(
            in: copies,
            trusted: deeply ? [] : office.trust.logKeys,
            auditing: deeply ? office.configuration : nil
        )
    }

    /// Restores to a folder of its own, with the keys of the office and no guard.
    func drill(_ generation: Int? = nil) throws -> (report: RestoreReport, configuration: NotaryConfiguration) {
        var configuration = office.configuration
        configuration.keysFolder = office.folder + "/keys"
        configuration.dataFolder = "\(office.folder)-drill-\(UUID().uuidString)"
        let report = try Notary.restoreStore(configuration, from: copies, generation: generation)
        return (report, configuration)
    }

    /// Takes the office's store away and restores it in its place, beside the guard as it is.
    func restoreInPlace(_ generation: Int? = nil) throws -> RestoreReport {
        try FileManager.default.removeItem(atPath: office.folder + "/store")
        return try Notary.restoreStore(office.configuration, from: copies, generation: generation)
    }

    /// Paths of the files below a folder of the copies, with their sizes.
    func files(_ folder: String) throws -> [String: Int] {
        let path = copies + "/" + folder
        return try FileManager.default.contentsOfDirectory(atPath: path).reduce(into: [:]) { sizes, name in
            let size = try FileManager.default.attributesOfItem(atPath: path + "/" + name)[.size] as? Int
            sizes[name] = size ?? 0
        }
    }

    /// The largest file of a folder of the copies.
    func largest(_ folder: String) throws -> String {
        let largest = try #require(try files(folder).max { ($0.value, $0.key) < ($1.value, $1.key) }?.key)
        return "\(copies)/\(folder)/\(largest)"
    }
}

/// Deletes what tests made beside an office's folder.
private final class Sweeper: Sendable {
    private let prefix: String

    init(_ prefix: String) { self.prefix = prefix }

    deinit {
        let url = URL(filePath: prefix)
        let folder = url.deletingLastPathComponent().path
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        where name.hasPrefix(url.lastPathComponent + "-") {
            try? FileManager.default.removeItem(atPath: folder + "/" + name)
        }
    }
}
