import Bytes
import Evidence
import EvidenceStore
import Foundation
import MerkleLog
import Notary
import Testing

@Suite struct ErasingTests {
    private static let reason = "Asked for by the person in the picture."

    private func expectErased(_ id: LeafHash, _ notary: Notary, _ caller: Caller) async throws {
        #expect(try notary.registration(id, for: caller) == nil)
        #expect(try notary.registrations(for: caller, after: nil, limit: 100).allSatisfy { $0.id != id })
        await #expect(throws: NotaryError(.erased, "")) { try await notary.evidenceFile(of: id, for: caller) }
        let entry = try #require(try notary.publicEntry(id))
        #expect(entry["erased"]?["reason"]?.stringValue == Self.reason)
        #expect(entry["proof"]?["index"] == 0)
        let found = try await notary.search(sha256Of: "one", for: caller)
        #expect(found == 0)
        let report = try notary.audit()
        #expect(report.isConsistent, "\(report.findings)")
    }

    /// What the log says of itself is no record, and asking for its erasure must leave nothing that stops a start.
    @Test func aNoticeIsNotErased() async throws {
        let office = try Office()
        let id = try await office.whileOpen { notary, _ in
            _ = try await notary.rotateLogKey()
            let notice = try #require(try notary.notices()["notices"]?.arrayValue?.first)
            let id = try #require(notice["id"]?.stringValue.flatMap { LeafHash(hex: $0) })
            let receipt = try? await notary.erase(id, reason: Self.reason)
            #expect(receipt == nil)
            return id
        }
        #expect(!FileManager.default.fileExists(atPath: "\(office.folder)/erasures/\(id.hex)"))
        try await office.whileOpen { notary, caller in _ = try await notary.register("one", for: caller) }
    }

    /// Taken for empty, it could bring erased records back.
    @Test func aFolderOfReceiptsThatDoesNotReadStopsTheStart() throws {
        let office = try Office()
        try Data("no folder".utf8).write(to: URL(filePath: office.folder + "/erasures"))
        #expect(throws: NotaryError(.erasureInvalid, "")) { try office.open() }
    }

    @Test func theEntryAndAReceiptStay() async throws {
        let office = try Office()
        let id = try await office.whileOpen { notary, caller in
            let one = try await notary.register("one", key: "k", for: caller)
            _ = try await notary.register("two", for: caller)
            #expect(try await notary.search(sha256Of: "one", for: caller) == 1)
            let receipt = try #require(try await notary.erase(one.id, reason: Self.reason))
            #expect(receipt.id == one.id && receipt.origin == Office.origin && receipt.time == office.clock.now)
            // Anyone can check it, with the log's key alone.
            let note = try SignedNote(parsing: receipt.note).verified(by: office.trust.logKeys)
            #expect(
                note.note.text
                    == "\(Office.origin)/erasures\n\(one.id.hex)\n\(office.clock.now)\n\(Self.reason)\n"
            )
            try await expectErased(one.id, notary, caller)
            #expect(try await notary.purgeErased())

            office.clock.advance(seconds: 60)
            #expect(try await notary.erase(one.id, reason: "again", for: caller) == receipt)
            // Its key is free again: sending the same once more is a new registration.
            let again = try await notary.register("one", key: "k", for: caller)
            #expect(!again.isReplay && again.id != one.id)
            _ = try await notary.erase(again.id, reason: Self.reason, for: caller)
            return one.id
        }
        try await office.whileOpen { try await expectErased(id, $0, $1) }
    }

    @Test func onlyItsOwnerAndTheOperatorMay() async throws {
        let office = try Office()
        try await office.whileOpen { notary, caller in
            let one = try await notary.register("one", for: caller)
            _ = try notary.createAccount(named: "rival")
            let rival = try notary.localCaller(account: "rival")
            #expect(try await notary.erase(one.id, reason: "mine", for: rival) == nil)
            #expect(try await notary.erase(LeafHash(entry: [1]), reason: "none") == nil)
            for reason in ["", "two\nlines", String(repeating: "x", count: 501)] {
                await #expect(throws: NotaryError(.invalidRequest, "")) {
                    try await notary.erase(one.id, reason: reason, for: caller)
                }
            }
            #expect(try notary.registration(one.id, for: caller) != nil)
            #expect(try await notary.erase(one.id, reason: Self.reason, for: caller) != nil)
        }
    }

    /// A crash after the receipt's file and before the store; a store put back from before; a file that was lost.
    @Test func storeAndReceiptsComeInStep() async throws {
        let office = try Office()
        let id = try await office.whileOpen { try await $0.register("one", for: $1).id }
        let (store, copy) = ("\(office.folder)/store", "\(office.folder)/copy")
        let receipt = "\(office.folder)/erasures/\(id.hex)"
        try FileManager.default.copyItem(atPath: store, toPath: copy)
        try await office.whileOpen { notary, _ in _ = try await notary.erase(id, reason: Self.reason) }
        let bytes = try #require(FileManager.default.contents(atPath: receipt))

        try FileManager.default.removeItem(atPath: store)
        try FileManager.default.moveItem(atPath: copy, toPath: store)
        try await office.whileOpen { try await expectErased(id, $0, $1) }

        try FileManager.default.removeItem(atPath: receipt)
        try await office.whileOpen { try await expectErased(id, $0, $1) }
        #expect(FileManager.default.contents(atPath: receipt) == bytes)
    }

    @Test func aForgedReceiptErasesNothing() async throws {
        let (office, other) = (try Office(), try Office())
        let id = try await office.whileOpen { try await $0.register("one", for: $1).id }
        try await other.whileOpen { notary, caller in
            let forged = try await notary.register("one", for: caller)
            _ = try await notary.erase(forged.id, reason: "forged")
            try FileManager.default.createDirectory(
                atPath: "\(office.folder)/erasures",
                withIntermediateDirectories: true
            )
            try FileManager.default.copyItem(
                atPath: "\(other.folder)/erasures/\(forged.id.hex)",
                toPath: "\(office.folder)/erasures/\(id.hex)"
            )
        }
        #expect(throws: NotaryError(.erasureInvalid, "")) { try office.open() }
        try FileManager.default.removeItem(atPath: "\(office.folder)/erasures/\(id.hex)")
        let record = try await office.whileOpen { try $0.registration(id, for: $1)?.record }
        #expect(record != nil)
    }
}

extension Notary {
    /// How many registrations of these bytes a search shows.
    fileprivate func search(sha256Of text: String, for caller: Caller) async throws -> Int {
        let upload = makeUpload()
        try upload.append(Array(text.utf8))
        return try await search(upload, declaredMediaType: nil, for: caller).json["matches"]?.arrayValue?.count ?? 0
    }
}
