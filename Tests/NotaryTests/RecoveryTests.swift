import Bytes
import Evidence
import EvidenceStore
import Foundation
import MerkleLog
import Notary
import OpenSSL
import Testing

@Suite struct RecoveryTests {
    @Test func aLogGoesOnWhereItWas() async throws {
        let office = try Office()
        let first = try await office.whileOpen { try await $0.register("one", for: $1) }
        let second = try await office.whileOpen { notary, caller in
            let second = try await notary.register("two", for: caller)
            #expect(try notary.registration(first.id, for: caller)?.record == first.record)
            #expect(try notary.audit().isConsistent)
            return second
        }
        #expect(second.position.index.value == 1)
    }

    @Test func withoutItsGuardALogDoesNotStart() async throws {
        let office = try Office()
        try await office.whileOpen { _ = try await $0.register("one", for: $1) }
        try FileManager.default.removeItem(atPath: office.guardPath)
        #expect(throws: NotaryError(.guardMismatch, "")) { try office.open() }
    }

    @Test func aStoreThatWasSetBackDoesNotStart() async throws {
        let office = try Office()
        try await office.whileOpen { _ = try await $0.register("one", for: $1) }
        let copy = office.folder + "-copy"
        try FileManager.default.copyItem(atPath: "\(office.folder)/store", toPath: copy)
        try await office.whileOpen { _ = try await $0.register("two", for: $1) }
        try FileManager.default.removeItem(atPath: "\(office.folder)/store")
        try FileManager.default.moveItem(atPath: copy, toPath: "\(office.folder)/store")
        #expect(throws: NotaryError(.guardMismatch, "")) { try office.open() }
    }

    @Test func aGuardOneBatchBehindIsBroughtForward() async throws {
        let office = try Office()
        try await office.whileOpen { _ = try await $0.register("one", for: $1) }
        let before = try Data(contentsOf: URL(filePath: office.guardPath))
        try await office.whileOpen { _ = try await $0.register("two", for: $1) }
        try before.write(to: URL(filePath: office.guardPath))
        try await office.whileOpen { notary, _ in
            let report = try notary.audit()
            #expect(report.isConsistent && report.entries == 2, "\(report.findings)")
        }
    }

    @Test func anAuditFindsAGuardThatChangedUnderIt() async throws {
        let (office, other) = (try Office(), try Office())
        try await other.whileOpen { _ = try await $0.register("one", for: $1) }
        try await office.whileOpen { notary, caller in
            _ = try await notary.register("one", for: caller)
            let own = try Data(contentsOf: URL(filePath: office.guardPath))
            var damaged = own
            damaged[own.count - 3] ^= 1
            let otherGuard = try Data(contentsOf: URL(filePath: other.guardPath))
            for bytes in [otherGuard, damaged, Data()] {
                try bytes.write(to: URL(filePath: office.guardPath))
                #expect(try !notary.audit().isConsistent)
            }
            try own.write(to: URL(filePath: office.guardPath))
            #expect(try notary.audit().isConsistent)
        }
    }

    @Test func aGuardTwoBatchesBehindDoesNotStart() async throws {
        let office = try Office()
        try await office.whileOpen { _ = try await $0.register("one", for: $1) }
        let before = try Data(contentsOf: URL(filePath: office.guardPath))
        try await office.whileOpen { notary, caller in
            for text in ["two", "three"] { _ = try await notary.register(text, for: caller) }
        }
        try before.write(to: URL(filePath: office.guardPath))
        #expect(throws: NotaryError(.guardMismatch, "")) { try office.open() }
    }

    @Test func aGuardOfAnotherTreeDoesNotStart() async throws {
        let (office, other) = (try Office(), try Office())
        for office in [office, other] { try await office.whileOpen { _ = try await $0.register("one", for: $1) } }
        try FileManager.default.removeItem(atPath: office.guardPath)
        try FileManager.default.copyItem(atPath: other.guardPath, toPath: office.guardPath)
        #expect(throws: NotaryError(.guardMismatch, "")) { try office.open() }
    }

    @Test func whenTheGuardCannotBeWrittenNothingIsAnsweredUntilARestart() async throws {
        let office = try Office()
        let notary = try office.open()
        let caller = try notary.localCaller(account: Notary.defaultAccountName)
        let first = try await notary.register("one", for: caller)
        let published = notary.publishedCheckpoint
        let folder = (office.guardPath as NSString).deletingLastPathComponent
        try FileManager.default.moveItem(atPath: folder, toPath: folder + "-away")
        // The second "two" is a retry whose batch is in the store: without the guard it must not be answered either.
        for (text, key) in [("two", "key"), ("two", "key"), ("three", nil)] {
            await #expect(throws: NotaryError(.storeFailed, "")) {
                try await notary.register(text, key: key, for: caller)
            }
        }
        try expectNothingBeyond(first.id, in: notary, for: caller)
        #expect(notary.publishedCheckpoint == published)
        #expect(await !notary.health().isHealthy)
        #expect(try notary.registration(first.id, for: caller) != nil)
        notary.close()
        try FileManager.default.moveItem(atPath: folder + "-away", toPath: folder)
        try await office.whileOpen { notary, caller in
            // The batch was durable before the guard failed: it is there, once, and the log goes on after it.
            let report = try notary.audit()
            #expect(report.isConsistent && report.entries == 2, "\(report.findings)")
            #expect(try await notary.register("two", key: "key", for: caller).isReplay)
            #expect(try await notary.register("three", for: caller).position.index.value == 2)
        }
    }

    private func expectNothingBeyond(_ id: LeafHash, in notary: Notary, for caller: Caller) throws {
        #expect(try notary.registrations(for: caller, after: nil, limit: 10).map(\.id) == [id])
        #expect(try notary.search(SHA256.digest(of: Array("one".utf8)), for: caller).matches.count == 1)
        #expect(try notary.search(SHA256.digest(of: Array("two".utf8)), for: caller).matches.isEmpty)
    }

    @Test func aClockSetBackIsRefusedAndSaysSo() async throws {
        let office = try Office()
        try await office.whileOpen { notary, caller in
            _ = try await notary.register("one", for: caller)
            office.clock.advance(seconds: -3600)
            await #expect(throws: NotaryError(.clockSetBack, "")) { try await notary.register("two", for: caller) }
            #expect(await !notary.health().isHealthy)
            office.clock.advance(seconds: 3598)
            #expect(await notary.health().isHealthy)
            let later = try await notary.register("two", for: caller)
            #expect(later.position.index.value == 1)
        }
    }

    @Test func aClockThatLeapsAheadIsRefusedAndARestartTakesIt() async throws {
        let office = try Office()
        try await office.whileOpen { notary, caller in
            office.clock.advance(seconds: 3500)
            _ = try await notary.register("one", for: caller)
            office.clock.advance(seconds: 4000)
            await #expect(throws: NotaryError(.clockSetBack, "")) { try await notary.register("two", for: caller) }
            #expect(await !notary.health().isHealthy)
            office.clock.advance(seconds: -500)
            _ = try await notary.register("two", for: caller)
            office.clock.advance(seconds: 864_000)
            await #expect(throws: NotaryError(.clockSetBack, "")) { try await notary.register("three", for: caller) }
        }
        try await office.whileOpen { notary, caller in
            let third = try await notary.register("three", for: caller)
            #expect(third.position.index.value == 2)
        }
    }

    @Test func aFolderIsMadeOnceAndOpenedByOne() throws {
        let office = try Office()
        #expect(throws: NotaryError(.alreadyInitialized, "")) {
            try Notary.initialize(office.configuration, origin: Office.origin)
        }
        let notary = try office.open()
        defer { notary.close() }
        #expect(throws: NotaryError(.lockedByAnotherProcess, "")) { try office.open() }
    }

    @Test func keysThatOthersMayReadAreRefused() throws {
        let office = try Office()
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o644],
            ofItemAtPath: "\(office.folder)/keys/log.key"
        )
        #expect(throws: NotaryError(.keyUnusable, "")) { try office.open() }
    }

    @Test(arguments: ["", "https://log.example.org", "log example", "a+b.example", "log.example.org/", "123"])
    func badOriginsAreRefused(_ origin: String) {
        let folder = NSTemporaryDirectory() + UUID().uuidString
        #expect(throws: NotaryError(.invalidOrigin, "")) {
            try Notary.initialize(NotaryConfiguration(dataFolder: folder), origin: origin)
        }
        #expect(!FileManager.default.fileExists(atPath: folder))
    }
}

extension Office {
    var guardPath: String { "\(folder)/guard/checkpoint" }
}
