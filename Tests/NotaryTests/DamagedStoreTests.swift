import Evidence
import EvidenceStore
import Foundation
import MerkleLog
import Notary
import Testing

/// What a broken disk, a clumsy operator or an attacker does to the store's files and to those beside it.
@Suite struct DamagedStoreTests {
    /// An office with two batches in its write-ahead log, and a guard before and after the second.
    private func office() async throws -> (office: Office, guardBefore: Data, walBefore: Int) {
        let office = try Office()
        // Opening moves rows to tables: one batch there, two in the log.
        try await office.whileOpen { _ = try await $0.register("zero", for: $1) }
        let notary = try office.open()
        defer { notary.close() }
        let caller = try notary.localCaller(account: Notary.defaultAccountName)
        _ = try await notary.register("one", for: caller)
        let guardBefore = try Data(contentsOf: URL(filePath: office.guardPath))
        let walBefore = try office.walByteCount()
        _ = try await notary.register("two", for: caller)
        return (office, guardBefore, walBefore)
    }

    @Test func aTornLastBlockOpens() async throws {
        let (office, guardBefore, walBefore) = try await office()
        try office.changeWAL { $0 = $0.prefix((walBefore + $0.count) / 2) }
        try guardBefore.write(to: URL(filePath: office.guardPath))
        try await office.whileOpen { notary, caller in
            let report = try notary.audit()
            #expect(report.isConsistent && report.entries == 2, "\(report.findings)")
            #expect(try await notary.register("two", for: caller).position.index.value == 2)
        }
    }

    @Test func aTornBlockOfWhatWasAnsweredRefuses() async throws {
        let (office, _, walBefore) = try await office()
        try office.changeWAL { $0 = $0.prefix((walBefore + $0.count) / 2) }
        #expect(throws: NotaryError(.guardMismatch, "")) { try office.open() }
    }

    @Test func aFlippedByteInsideRefuses() async throws {
        let (office, _, walBefore) = try await office()
        try office.changeWAL { $0[walBefore / 2] ^= 1 }
        #expect(throws: NotaryError(.storeFailed, "")) { try office.open() }
    }

    @Test func aTruncatedLogRefuses() async throws {
        let (office, _, _) = try await office()
        try office.changeWAL { $0 = Data() }
        #expect(throws: NotaryError(.guardMismatch, "")) { try office.open() }
    }

    @Test func aDeletedLogRefuses() async throws {
        let (office, _, _) = try await office()
        try FileManager.default.removeItem(atPath: office.walPath())
        #expect(throws: NotaryError(.guardMismatch, "")) { try office.open() }
    }

    @Test(arguments: ["table", "manifest"]) func damagedTablesAreRefusedOrFound(_ kind: String) async throws {
        let (office, _, _) = try await office()
        let names = try FileManager.default.contentsOfDirectory(atPath: office.storeFolder)
        for name in names where kind == "table" ? name.hasSuffix(".sst") : name.hasPrefix("MANIFEST") {
            let path = URL(filePath: "\(office.storeFolder)/\(name)")
            var bytes = try Data(contentsOf: path)
            for position in stride(from: 20, to: bytes.count, by: 40) { bytes[position] ^= 0xFF }
            try bytes.write(to: path)
        }
        #expect(throws: NotaryError(.storeFailed, "")) { try office.open() }
    }

    @Test func aDamagedGuardDoesNotStart() async throws {
        let (office, _, _) = try await office()
        let bytes = try Data(contentsOf: URL(filePath: office.guardPath))
        var flipped = bytes
        flipped[flipped.count - 3] ^= 1
        for damaged in [flipped, bytes.dropLast(5), Data(), Data("text\n".utf8)] {
            try damaged.write(to: URL(filePath: office.guardPath))
            #expect(throws: NotaryError(.guardMismatch, "")) { try office.open() }
        }
        try bytes.write(to: URL(filePath: office.guardPath))
        try await office.whileOpen { notary, _ in try #expect(notary.audit().entries == 3) }
    }

    @Test func aGuardAheadOfTheStoreDoesNotStart() async throws {
        let office = try Office()
        try await office.whileOpen { _ = try await $0.register("one", for: $1) }
        let ahead = try office.copy()
        try await ahead.whileOpen { _ = try await $0.register("two", for: $1) }
        try FileManager.default.removeItem(atPath: office.guardPath)
        try FileManager.default.copyItem(atPath: ahead.guardPath, toPath: office.guardPath)
        #expect(throws: NotaryError(.guardMismatch, "")) { try office.open() }
    }

    @Test func keysThatAreMissingOrOfAnotherLogDoNotStart() async throws {
        let (office, other) = (try Office(), try Office())
        try await office.whileOpen { _ = try await $0.register("one", for: $1) }
        for name in ["master.key", "log.key"] {
            let path = "\(office.folder)/keys/\(name)"
            let own = try Data(contentsOf: URL(filePath: path))
            try FileManager.default.removeItem(atPath: path)
            #expect(throws: NotaryError(.keyUnusable, ""), "no \(name)") { try office.open() }
            try FileManager.default.copyItem(atPath: "\(other.folder)/keys/\(name)", toPath: path)
            // Another log's key of the same origin signs neither the guard nor the newest checkpoint.
            #expect(throws: NotaryError.self, "another \(name)") { try office.open() }
            try own.write(to: URL(filePath: path))
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        }
        try await office.whileOpen { notary, _ in try #expect(notary.audit().isConsistent) }
    }

    /// Another process, not only another handle.
    @Test func aFolderIsOpenedByOneProcess() async throws {
        let office = try Office()
        let notary = try office.open()
        await #expect(processExitsWith: .exitCode(7)) { [path = office.storeFolder as String] in
            do {
                _ = try RocksDBBackend(folder: path, expecting: .existing)
            } catch {
                exit((error as? StoreError) == StoreError(.lockedByAnotherProcess, "") ? 7 : 1)
            }
        }
        notary.close()
    }
}
