import Evidence
import EvidenceStore
import Foundation
import MerkleLog
import Notary
import Testing

@Suite struct RestoreTests {
    @Test func aLogGoesOnFromItsNewestCopy() async throws {
        let fixture = try CopyFixture()
        let ids = try await fixture.register(["one", "two"])
        try fixture.copy()
        let report = try fixture.restoreInPlace()
        #expect(report.isReady && report.logs.map(\.standing) == [.equal] && report.keys == 2)
        try await fixture.office.whileOpen { notary, caller in
            #expect(try notary.registration(ids[0], for: caller)?.record != nil)
            #expect(try await notary.register("three", for: caller).position.index.value == 2)
            let audit = try notary.audit()
            #expect(audit.isConsistent && audit.records == 3, "\(audit.findings)")
        }
    }

    @Test func aCopyOlderThanTheGuardIsRestoredAndRefusedByTheLog() async throws {
        let fixture = try CopyFixture()
        try await fixture.register(["one"])
        try fixture.copy()
        try await fixture.register(["two", "three"])
        let report = try fixture.restoreInPlace()
        #expect(!report.isReady && report.audit.isConsistent && !report.isUnguarded)
        #expect(report.logs.map(\.standing) == [.ahead(entries: 2)])
        #expect(report.json["logs"]?.arrayValue?.first?["missing"] == .integer(2))
        #expect(throws: NotaryError(.guardMismatch, "")) { try fixture.office.open() }
    }

    /// The copy knows nothing of the keys that came later, and its checkpoints are by one that is gone.
    @Test func aCopyFromBeforeAChangeOfKeyIsStillGood() async throws {
        let fixture = try CopyFixture()
        let ids = try await fixture.register(["one", "two"])
        try fixture.copy()
        try await fixture.office.whileOpen { notary, _ in _ = try await notary.rotateLogKey() }
        try fixture.copy()
        try await fixture.office.whileOpen { notary, _ in
            _ = try await notary.rotateLogKey()
            _ = try await notary.erase(ids[0], reason: "signed by the newest key")
        }
        try fixture.copy()
        #expect(try fixture.verified().holds)
        for generation in 1...3 {
            let report = try fixture.drill(generation).report
            #expect(report.audit.isConsistent, "\(generation): \(report.audit.findings)")
        }
    }

    @Test func aForgedReceiptInACopyLeavesNothingBehind() async throws {
        let fixture = try CopyFixture()
        let ids = try await fixture.register(["one"])
        try fixture.copy()
        let folder = fixture.copies + "/erasures"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data("forged".utf8).write(to: URL(filePath: "\(folder)/\(ids[0].hex)"))
        #expect(throws: NotaryError(.erasureInvalid, "")) { try fixture.restoreInPlace() }
        try FileManager.default.removeItem(atPath: "\(folder)/\(ids[0].hex)")
        let report = try Notary.restoreStore(fixture.office.configuration, from: fixture.copies)
        #expect(report.isReady)
        let kept = try await fixture.office.whileOpen { notary, caller in
            try notary.registration(ids[0], for: caller)
        }
        #expect(kept?.id == ids[0])
    }

    @Test func aGuardBehindTheCopyOrOfAnotherTreeIsTold() async throws {
        let (fixture, other) = (try CopyFixture(), try CopyFixture())
        try await fixture.register(["one"])
        let early = try Data(contentsOf: URL(filePath: fixture.office.guardPath))
        try await fixture.register(["two"])
        let late = try Data(contentsOf: URL(filePath: fixture.office.guardPath))
        try await fixture.register(["three"])
        try fixture.copy()
        try await other.register(["other"])
        let cases: [(Data, GuardStanding)] = [
            (early, .behind(entries: 2)), (late, .oneBatchBehind), (Data("x".utf8), .different),
            (try Data(contentsOf: URL(filePath: other.office.guardPath)), .different),
        ]
        for (bytes, standing) in cases {
            try bytes.write(to: URL(filePath: fixture.office.guardPath))
            let report = try fixture.restoreInPlace()
            #expect(report.logs.map(\.standing) == [standing])
            if report.isReady {
                try fixture.office.open().close()
            } else {
                #expect(throws: NotaryError(.guardMismatch, "")) { try fixture.office.open() }
            }
        }
    }

    @Test func aStoreThatIsThereIsNeverTouched() async throws {
        let fixture = try CopyFixture()
        try await fixture.register(["one"])
        try fixture.copy()
        #expect(throws: NotaryError(.alreadyInitialized, "")) {
            try Notary.restoreStore(fixture.office.configuration, from: fixture.copies)
        }
        try fixture.office.open().close()
    }

    @Test func withoutTheKeyRingNothingIsRestored() async throws {
        let fixture = try CopyFixture()
        try await fixture.register(["one"])
        try fixture.copy()
        var configuration = fixture.office.configuration
        configuration.dataFolder = fixture.office.folder + "-new"
        #expect(throws: NotaryError(.keyUnusable, "")) {
            try Notary.restoreStore(configuration, from: fixture.copies)
        }
        #expect(!FileManager.default.fileExists(atPath: configuration.dataFolder))
        let other = try Office()
        configuration.keysFolder = other.folder + "/keys"
        #expect(throws: NotaryError(.keyUnusable, "")) {
            try Notary.restoreStore(configuration, from: fixture.copies)
        }
        #expect(!FileManager.default.fileExists(atPath: configuration.dataFolder + "/store.restoring"))
    }

    @Test func whereThereIsNoCopyItSaysSo() throws {
        let office = try Office()
        try FileManager.default.removeItem(atPath: office.folder + "/store")
        for folder in [office.folder + "/nowhere", office.folder] {
            #expect(throws: NotaryError(.copyAbsent, "")) {
                try Notary.restoreStore(office.configuration, from: folder)
            }
            #expect(throws: NotaryError(.copyAbsent, "")) { try Notary.copies(in: folder) }
        }
    }
}
