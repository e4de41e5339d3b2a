import Foundation
import MerkleLog
import Testing

@testable import Monitoring

@Suite struct FollowingTests {
    /// Sizes around the borders of tiles and of the steps in which entries are read.
    @Test func growsWithTheLog() async throws {
        let log = try TestLog()
        let watch = Watch(log)
        var previous: TreeSize?
        for size in [0, 1, 255, 256, 257, 600, 4096, 4097, 9000] {
            try log.grow(by: size - log.entries.count)
            let round = try await watch.look()
            #expect(round.alarms.isEmpty)
            #expect(round.previousSize == previous)
            #expect(round.checkpoint?.size == TreeSize(UInt64(size)))
            #expect(round.checkedEntries == TreeSize(UInt64(size)))
            #expect(watch.file("checkpoint") == log.checkpoint)
            previous = round.checkpoint?.size
        }
    }

    @Test func readsNoFullBundleTwice() async throws {
        let log = try TestLog()
        try log.grow(by: 700)
        let watch = Watch(log)
        #expect(try await watch.alarms().isEmpty)
        log.forgetRequests()
        #expect(try await watch.alarms().isEmpty)
        #expect(log.requests.allSatisfy { !$0.hasPrefix("tile/entries/00") || $0 == "tile/entries/002.p/188" })
        try log.grow(by: 100)
        log.forgetRequests()
        #expect(try await watch.alarms().isEmpty)
        #expect(
            log.requests.filter { $0.hasPrefix("tile/entries/") }.sorted() == [
                "tile/entries/002", "tile/entries/003.p/32",
            ]
        )
    }

    /// A log may delete partial resources once full ones are there; the monitor's checkpoint may be older than that.
    @Test func takesTheFullResourceForAMissingPartialOne() async throws {
        let log = try TestLog()
        try log.grow(by: 300)
        let old = log.checkpoint
        try log.grow(by: 300)
        log.replace("checkpoint", by: old)
        log.replace("tile/entries/001.p/44", by: nil)
        log.replace("tile/0/001.p/44", by: nil)
        let round = try await Watch(log).look()
        #expect(round.alarms.isEmpty)
        #expect(round.checkedEntries == TreeSize(300))
    }

    @Test func goesOnWhereItWasInterrupted() async throws {
        let log = try TestLog()
        try log.grow(by: 10_000)
        let watch = Watch(log)
        log.replace("tile/entries/030", by: nil)
        #expect(try await watch.alarms() == [.missing])
        log.repair()
        log.forgetRequests()
        let round = try await watch.look()
        #expect(round.alarms.isEmpty)
        #expect(round.checkedEntries == TreeSize(10_000))
        // The first step of 16 bundles had been kept.
        #expect(!log.requests.contains("tile/entries/000"))
        #expect(log.requests.contains("tile/entries/016"))
    }

    @Test func withoutEntriesOnlyCheckpointsAreRead() async throws {
        let log = try TestLog()
        try log.grow(by: 300)
        let watch = Watch(log)
        #expect(try await watch.alarms { $0.readsEntries = false }.isEmpty)
        try log.grow(by: 300)
        let round = try await watch.look { $0.readsEntries = false }
        #expect(round.alarms.isEmpty && round.checkedEntries == .empty)
        #expect(!log.requests.contains { $0.hasPrefix("tile/entries/") })
    }

    @Test func patienceEnds() async throws {
        let log = try TestLog()
        let watch = Watch(log)
        log.fail([503, 500, 429])
        #expect(try await watch.alarms().isEmpty)
        log.fail([503, 503, 503, 503])
        await #expect(throws: LogUnreachable.self) { try await watch.look() }
        log.replace("checkpoint", by: nil)
        await #expect(throws: LogUnreachable.self) { try await watch.look() }
    }

    @Test func aFolderIsOfOneLogAndOneMonitor() async throws {
        let log = try TestLog()
        let watch = Watch(log)
        _ = try await watch.look()
        let other = try TestLog()
        let source = HTTPLog(url: TestLog.url, exchange: watch.exchange)
        #expect(throws: MonitorError(.wrongState, "")) {
            try MonitorFolder(watch.path, log: MonitoredLog(source, keys: [other.key.verifierKey]))
        }
        let held = try MonitorFolder(watch.path, log: MonitoredLog(source, keys: watch.keys))
        await #expect(throws: MonitorError(.wrongState, "")) { try await watch.look() }
        withExtendedLifetime(held) {}
    }

    @Test(arguments: ["checkpoint", "tree", "times"])
    func aDamagedFolderIsNoDamagedLog(file: String) async throws {
        let log = try TestLog()
        try log.grow(by: 600)
        let watch = Watch(log)
        _ = try await watch.look()
        var bytes = try #require(watch.file(file))
        bytes[bytes.count / 2] ^= 1
        try Data(bytes).write(to: URL(filePath: "\(watch.path)/\(file)"))
        await #expect(throws: MonitorError(.wrongState, "")) { try await watch.look() }
    }

    /// After a change of key both keys are given, and the folder stays.
    @Test func aLogMayHaveHadSeveralKeys() async throws {
        let log = try TestLog()
        try log.grow(by: 10)
        let next = try TestLog(key: SignerKey.generate(name: log.key.name), prefix: log.entries)
        try next.grow(by: 10)
        let watch = Watch(log, keys: [log.key.verifierKey, next.key.verifierKey])
        #expect(try await watch.alarms().isEmpty)
        watch.serve(next)
        #expect(try await watch.alarms().isEmpty)
    }
}
