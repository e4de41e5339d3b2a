import Bytes
import Evidence
import EvidenceStore
import Foundation
import MerkleLog
import Notary
import Testing

@Suite struct SuccessionTests {
    private static let next = "log.example.org/next"

    @Test(arguments: [1, 3]) func aFrozenLogTakesNothingAndShowsEverything(laneCount: Int) async throws {
        let office = try Office(laneCount: laneCount)
        let one = try await office.whileOpen { notary, caller in
            let one = try await notary.register("one", key: "k", for: caller)
            _ = try await notary.freeze(next: Self.next)
            return one
        }
        func expectFrozen(_ notary: Notary, _ caller: Caller) async throws {
            for name in ["two", "three", "four"] {
                do {
                    _ = try await notary.register(name, for: caller)
                    Issue.record("\(name) was registered in a log that had ended")
                } catch let error as NotaryError {
                    #expect(error.code == .logFrozen && error.message.contains(Self.next))
                }
            }
            await #expect(throws: NotaryError(.logFrozen, "")) { try await notary.rotateLogKey() }
            // A repetition is no new registration.
            #expect(try await notary.register("one", key: "k", for: caller).id == one.id)
            // The same word again changes nothing, another one is refused.
            let size = try Checkpoint(parsing: try SignedNote(parsing: notary.publishedCheckpoint).text).size
            let end = try await notary.freeze(next: Self.next)
            #expect(end["entry"]?.stringValue == #"{"cinnabar":"log-end-1","next":"\#(Self.next)"}"#)
            #expect(end["index"]?.integerValue == Int64(size.value) - 1)
            await #expect(throws: NotaryError(.logFrozen, "")) { try await notary.freeze(next: nil) }
            #expect(await notary.health().isHealthy)

            let evidence = try #require(try await notary.evidenceFile(of: one.id, for: caller))
            #expect(try await notary.verification(of: evidence)["verdict"] == "consistent")
            let report = try notary.audit()
            #expect(report.isConsistent, "\(report.findings)")
        }
        try await office.whileOpen { try await expectFrozen($0, $1) }
        try await office.whileOpen { try await expectFrozen($0, $1) }
    }

    /// A crash between the last batch and its guard: the end is durable, and opening knows it.
    @Test func anEndWithoutItsGuardIsTheEnd() async throws {
        let office = try Office()
        let guardPath = "\(office.folder)/guard/checkpoint"
        try await office.whileOpen { _ = try await $0.register("one", for: $1) }
        let before = try Data(contentsOf: URL(filePath: guardPath))
        try await office.whileOpen { notary, _ in
            let end = try await notary.freeze(next: nil)
            #expect(end["index"] == 1)
        }
        try before.write(to: URL(filePath: guardPath))
        _ = try await office.whileOpen { notary, caller in
            await #expect(throws: NotaryError(.logFrozen, "")) { try await notary.register("two", for: caller) }
        }
    }

    @Test(arguments: [1, 2]) func aSuccessorNamesWhatWentBefore(laneCount: Int) async throws {
        let office = try Office()
        let last = try await office.whileOpen { notary, caller in
            _ = try await notary.register("one", for: caller)
            _ = try await notary.freeze(next: Self.next)
            return notary.publishedCheckpoint
        }
        let folder = office.folder + "-next"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var configuration = office.configuration
        configuration.dataFolder = folder
        for wrong in [[], Array("no note".utf8)] {
            #expect(throws: NotaryError(.invalidRequest, "")) {
                try Notary.initialize(configuration, origin: Self.next, laneCount: laneCount, follows: wrong)
            }
        }
        #expect(throws: NotaryError(.invalidRequest, "")) {
            try Notary.initialize(configuration, origin: Office.origin, laneCount: laneCount, follows: last)
        }
        _ = try Notary.initialize(configuration, origin: Self.next, laneCount: laneCount, follows: last)
        // Making a log takes the system's clock, and the test's stands still.
        office.clock.advance(seconds: 1800)
        let opened = try office.open { $0.dataFolder = folder }
        defer { opened.close() }
        let caller = try opened.localCaller(account: Notary.defaultAccountName)
        _ = try await opened.register("two", for: caller)
        let notice = try #require(try opened.notices()["notices"]?.arrayValue?.first)
        #expect(notice["index"] == 0)
        #expect(notice["log"]?.stringValue == Self.next)
        let entry = try JSONValue(parsing: Array((notice["entry"]?.stringValue ?? "").utf8))
        #expect(entry["cinnabar"] == "log-start-1")
        #expect(entry["follows"]?.stringValue == Base64.encode(last))
        let report = try opened.audit()
        #expect(report.isConsistent, "\(report.findings)")
    }
}
