import Evidence
import EvidenceStore
import Foundation
import Glibc
import Logging
import MerkleLog
import Notary

/// A log with many digest-only entries, kept between topics and for the next run: filling it takes minutes.
struct FilledLog {
    let configuration: NotaryConfiguration
    var dataFolder: String { configuration.dataFolder }

    private static let groupsInFlight = 4

    /// Fills the log as far as it is not yet.
    init(_ surroundings: Surroundings, entries: Int) async throws {
        configuration = NotaryConfiguration(dataFolder: "\(surroundings.scratch)/filled-\(entries)")
        if !FileManager.default.fileExists(atPath: configuration.dataFolder + "/guard") {
            try? FileManager.default.removeItem(atPath: configuration.dataFolder)
            _ = try Notary.initialize(configuration, origin: "bench.example.org/filled")
        }
        let (notary, caller) = try open()
        defer { notary.close() }
        let present = Int(notary.size)
        if present < entries { try await Self.append(entries - present, to: notary, for: caller) }
    }

    func open() throws -> (Notary, Caller) {
        let logger = Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }
        let notary = try Notary(configuration, logger: logger) { _ in
            throw BenchmarkError("No authority is configured.")
        }
        return (notary, try notary.localCaller(account: Notary.defaultAccountName))
    }

    /// Digests that nobody else registers, in batches.
    static func append(_ count: Int, to notary: Notary, for caller: Caller) async throws {
        let first = Int(notary.size)
        let groups = stride(from: first, to: first + count, by: Notary.batchLimit)
        try await forEach(Array(groups), width: groupsInFlight) { start in
            let items = (start..<min(start + Notary.batchLimit, first + count)).map {
                BatchItem(DigestRegistrations.file($0), RegistrationRequest(channel: .digestOnly))
            }
            try await withTaskExecutorPreference(notary.workers) {
                for result in await notary.register(batch: items, for: caller) { _ = try result.get() }
            }
        }
    }

    /// All that lies in the data folder.
    var bytes: Int {
        files.reduce(0) { sum, path in
            sum + ((try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0)
        }
    }

    /// Has the kernel forget what it read, as after a reboot, as far as it does that for anyone who asks.
    func forgetPages() {
        for path in files {
            let descriptor = unsafe Glibc.open(path, O_RDONLY)
            guard descriptor >= 0 else { continue }
            fsync(descriptor)
            posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED)
            close(descriptor)
        }
    }

    private var files: [String] {
        (FileManager.default.enumerator(atPath: dataFolder)?.compactMap { $0 as? String } ?? []).map {
            "\(dataFolder)/\($0)"
        }
    }
}
