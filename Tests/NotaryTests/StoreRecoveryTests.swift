import Evidence
import EvidenceStore
import Foundation
import MerkleLog
import Notary
import Testing

/// `cinnabar store recover` on stores whose write-ahead log was really damaged.
@Suite struct StoreRecoveryTests {
    /// Sizes of the write-ahead log after each of some writes.
    private struct Written {
        let office: Office
        /// After the last batch.
        let batchEnd: Int
        let firstTimestampEnd: Int
    }

    /// Two entries, and after them two timestamps and an account, all in the write-ahead log.
    private func written() async throws -> Written {
        let office = try Office()
        let notary = try office.open()
        defer { notary.close() }
        let caller = try notary.localCaller(account: Notary.defaultAccountName)
        _ = try await notary.register("one", for: caller)
        let second = try await notary.register("two", for: caller)
        let batchEnd = try office.walByteCount()
        _ = try await notary.evidenceFile(of: second.id, for: caller)
        let firstTimestampEnd = try office.walByteCount()
        // RocksDB reads its log in blocks of 32 KiB, and of a damaged one nothing more: what is to be seen lies behind it.
        for number in 0..<200 { _ = try notary.createAccount(named: "\(number) " + String(repeating: "n", count: 190)) }
        _ = try notary.createAccount(named: "late")
        return Written(office: office, batchEnd: batchEnd, firstTimestampEnd: firstTimestampEnd)
    }

    @Test func damageAfterTheGuardsBatchRecovers() async throws {
        let written = try await written()
        let office = written.office
        try office.changeWAL { $0[(written.batchEnd + written.firstTimestampEnd) / 2] ^= 1 }
        #expect(throws: NotaryError(.storeFailed, "")) { try office.open() }
        let before = try contents(of: office)

        let plan = try Notary.recoverStore(office.configuration, applies: false)
        #expect(plan.logs.map(\.guarded) == [2] && plan.logs.map(\.kept) == [2] && plan.logs.map(\.dropped) == [0])
        #expect(plan.droppedRows.keys.sorted() == ["accounts"])
        #expect(plan.dropped.count == 100 || plan.dropped.last == "the account late, or a change to it")
        #expect(plan.damagedFolder == nil)
        #expect(try contents(of: office) == before, "A dry run changes nothing.")

        let report = try Notary.recoverStore(office.configuration, applies: true)
        let damaged = try #require(report.damagedFolder)
        #expect(try contents(of: office, folder: damaged) == before, "The damaged store is kept as it was.")
        try await office.whileOpen { notary, caller in
            let audit = try notary.audit()
            #expect(audit.isConsistent && audit.entries == 2 && audit.timestamps == 0, "\(audit.findings)")
            #expect(try await notary.register("three", for: caller).position.index.value == 2)
        }
    }

    @Test func damageBeforeTheGuardsBatchIsRefused() async throws {
        let written = try await written()
        let office = written.office
        try office.changeWAL { $0[written.batchEnd / 2] ^= 1 }
        let before = try contents(of: office)
        for applies in [false, true] {
            #expect(throws: NotaryError(.guardMismatch, "")) {
                try Notary.recoverStore(office.configuration, applies: applies)
            }
        }
        #expect(try contents(of: office) == before)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: office.folder).filter { $0.hasPrefix("store") } == [
                "store"
            ]
        )
    }

    @Test func withoutTheGuardNothingIsRecovered() async throws {
        let written = try await written()
        try FileManager.default.removeItem(atPath: written.office.guardPath)
        #expect(throws: NotaryError(.guardMismatch, "")) {
            try Notary.recoverStore(written.office.configuration, applies: true)
        }
    }

    @Test func aStoreInUseIsNotRecovered() async throws {
        let office = try Office()
        let notary = try office.open()
        // The same process holds the lock, and locks of one process do not shut each other out: so another one tries.
        await #expect(processExitsWith: .exitCode(7)) { [path = office.folder as String] in
            do {
                _ = try Notary.recoverStore(NotaryConfiguration(dataFolder: path), applies: true)
            } catch {
                exit((error as? NotaryError) == NotaryError(.lockedByAnotherProcess, "") ? 7 : 1)
            }
        }
        notary.close()
    }

    private func contents(of office: Office, folder: String? = nil) throws -> [String: Data] {
        let folder = folder ?? office.storeFolder
        var contents: [String: Data] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
            contents[name] = try Data(contentsOf: URL(filePath: "\(folder)/\(name)"))
        }
        return contents
    }
}
