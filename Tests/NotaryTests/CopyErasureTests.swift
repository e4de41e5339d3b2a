import Evidence
import EvidenceStore
import Foundation
import MerkleLog
import Notary
import Testing

@Suite struct CopyErasureTests {
    @Test func whatWasErasedSinceTheCopyDoesNotComeBack() async throws {
        let fixture = try CopyFixture()
        let ids = try await fixture.register(["one", "two", "three"])
        try fixture.copy()
        let head = try Data(contentsOf: URL(filePath: fixture.office.guardPath))
        let receipt = try await fixture.office.whileOpen { notary, _ in
            let receipt = try await notary.erase(ids[1], reason: "a test")
            return try #require(receipt).note
        }
        let report = try fixture.restoreInPlace()
        #expect(report.isReady && report.erasedAgain == 1, "\(report.audit.findings)")
        #expect(report.audit.records == 2 && report.audit.erased == 1)
        #expect(try Data(contentsOf: URL(filePath: fixture.office.guardPath)) == head)
        try await fixture.office.whileOpen { notary, _ in
            let kept = try ids.map { try notary.erasure(of: $0)?.note }
            #expect(kept == [nil, receipt, nil])
        }
    }

    @Test func anErasedKeyIsGoneFromTheCopyAtTheNextOne() async throws {
        let fixture = try CopyFixture()
        let ids = try await fixture.register(["one", "two", "three"])
        let first = try fixture.copy()
        let before = try Data(contentsOf: URL(filePath: fixture.largest("keys")))
        try await fixture.office.whileOpen { notary, _ in
            _ = try await notary.erase(ids[1], reason: "a test")
        }
        let second = try fixture.copy()
        #expect((first.keys, second.keys, second.copiedKeyFiles, second.copiedReceipts) == (3, 2, 1, 1))
        // The second of three equal parts behind the head line is the erased key: no file has it any more.
        let line = try #require(before.firstIndex(of: UInt8(ascii: "\n"))) + 1
        let part = (before.count - line) / 3
        let key = before[(line + part + 4)..<(line + 2 * part)]
        for name in try FileManager.default.subpathsOfDirectory(atPath: fixture.copies) {
            let data = FileManager.default.contents(atPath: "\(fixture.copies)/\(name)") ?? Data()
            #expect(data.range(of: key) == nil, "\(name) holds an erased key.")
        }
        let verified = try fixture.verified()
        #expect(verified.holds && verified.receipts == 1 && verified.audit?.erased == 1, "\(verified.findings)")
        // The first generation has the record's row, and no key for it; the receipt comes from the copy.
        let (report, _) = try fixture.drill(1)
        #expect(report.isUnguarded && report.erasedAgain == 1, "\(report.audit.findings)")
    }

    @Test func aReceiptThatTheLogDidNotSignErasesNothing() async throws {
        let (fixture, other) = (try CopyFixture(), try CopyFixture())
        let id = try await fixture.register(["one"])[0]
        let stranger = try await other.register(["one"])[0]
        let forged = try await other.office.whileOpen { notary, _ in
            let receipt = try await notary.erase(stranger, reason: "a test")
            return try #require(receipt).note
        }
        try fixture.copy()
        try Data(forged).write(to: URL(filePath: "\(fixture.copies)/erasures/\(id.hex)"))
        #expect(try !fixture.verified().holds)
        #expect(throws: NotaryError(.erasureInvalid, "")) { try fixture.drill() }
    }
}
