import Clauses
import Bytes
import Clauses
import Evidence
import Foundation
import Notary
import Testing

/// Contracts: what is read of them, how altered ones are found, and who sees what.
@Suite struct DocumentTests {
    private static let contract = """
        第一条　标的
        甲方向乙方采购手绘青花茶具，共三百套，每套人民币一百六十八元，合计五万零四百元，含包装、装卸及运输费用。
        第二条　交货
        乙方分两批交货：第一批于五月二十日前交付总量的百分之五十，第二批于六月三十日前交付其余部分。
        第三条　付款
        合同签订后五个工作日内，甲方支付合同总价百分之三十的预付款；每批货物验收合格后十五日内支付其余款项。
        第四条　违约责任
        乙方逾期交货的，每逾期一日，应按逾期部分货款的千分之一支付违约金。违约金累计不超过合同总价的百分之十。
        第五条　争议解决
        因本合同引起的争议，双方应先行协商；协商不成的，任何一方均可向乙方所在地有管辖权的人民法院提起诉讼。
        """
    private static let altered = contract.replacing("千分之一", with: "千分之五")

    private func search(_ text: String, _ notary: Notary, _ caller: Caller) async throws -> [Match] {
        let upload = notary.makeUpload()
        try upload.append(Array(text.utf8))
        return try await notary.search(upload, for: caller).matches
    }

    @Test func anAlteredContractIsFoundWithItsClause() async throws {
        let office = try Office()
        let id = try await office.whileOpen { notary, caller in
            let registered = try await notary.register(Self.contract, for: caller)
            let record = try Record(parsing: registered.record)
            #expect(record.document == Record.Document(text: "read", method: "text-1/plain", charset: "UTF-8"))
            #expect(record.fingerprints.map(\.algorithm).prefix(2) == ["text-minhash-1", "iscc-text-0"])
            let earlier = try await notary.register(Self.altered, for: caller).earlier
            #expect(earlier.map(\.kind) == [.nearCopyByText])
            #expect(earlier.first?.text?.comparison == nil)
            return registered.id
        }
        // Opened again: the index is rebuilt from the store.
        try await office.whileOpen { notary, caller in
            let matches = try await search(Self.altered, notary, caller)
            #expect(matches.map(\.kind) == [.sameBytes, .nearCopyByText])
            let match = try #require(matches.last)
            #expect(match.id == id && match.methods == ["MinHash", "clauses"])
            let change = try #require(match.text?.comparison?.changes.first)
            #expect(match.text?.comparison?.changeCount == 1)
            #expect(change.heading == "第四条　违约责任")
            #expect(change.pieces.filter { $0.kind != .same }.map(\.text) == ["一", "五"])
        }
    }

    /// That a near copy exists is shown, and nothing of its text.
    @Test func anotherAccountsTextIsNotShown() async throws {
        let office = try Office()
        try await office.whileOpen { notary, caller in
            _ = try await notary.register(Self.contract, claim: Claim([.title: "Secret"]), for: caller)
            _ = try notary.createAccount(named: "other")
            let other = try notary.localCaller(account: "other")
            let match = try #require(try await search(Self.altered, notary, other).first)
            #expect(match.kind == .nearCopyByText && !match.isYours && match.id == nil)
            #expect(match.text?.comparison == nil)
            let json = String(decoding: match.json.encoded(), as: UTF8.self)
            #expect(!json.contains("千分之") && !json.contains("Secret"))
        }
    }

    @Test func anErasedContractIsFoundNoMore() async throws {
        let office = try Office()
        try await office.whileOpen { notary, caller in
            let one = try await notary.register(Self.contract, for: caller)
            #expect(try await search(Self.altered, notary, caller).count == 1)
            _ = try await notary.erase(one.id, reason: "Asked for.")
            #expect(try await search(Self.altered, notary, caller).isEmpty)
            let report = try notary.audit()
            #expect(report.isConsistent, "\(report.findings)")
        }
        try await office.whileOpen { notary, caller in
            let found = try await search(Self.altered, notary, caller)
            #expect(found.isEmpty)
        }
    }

    /// A document whose text is not read is registered by its bytes, and says why.
    @Test(arguments: [
        ("%PDF-1.7 cut off", "malformed"),
        (
            "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj"
                + "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R/Encrypt<</Filter/Standard/V 1/R 2"
                + "/P -4/O(12345678901234567890123456789012)/U(12345678901234567890123456789012)>>/ID[(a)(a)]>>\n",
            "encrypted"
        ),
    ])
    func whatIsNotReadIsRegisteredAndSaysWhy(file: String, reason: String) async throws {
        let office = try Office()
        try await office.whileOpen { notary, caller in
            let registered = try await notary.register(file, for: caller)
            let record = try Record(parsing: registered.record)
            #expect(record.document == Record.Document(text: reason))
            let upload = notary.makeUpload()
            try upload.append(Array(file.utf8))
            let result = try await notary.search(upload, for: caller)
            #expect(result.matches.map(\.kind) == [.sameBytes])
            #expect(result.notes.first?.hasPrefix("The text was not read: ") == true)
        }
    }

    /// Its pages are found again among scans saved anew.
    @Test func aScanIsFoundByItsPages() async throws {
        let office = try Office()
        try await office.whileOpen { notary, caller in
            let registered = try await notary.register(ScannedPDF.text(levels: 0), for: caller)
            let record = try Record(parsing: registered.record)
            #expect(record.document == Record.Document(text: "none", method: "text-1/pdf", pages: 1))
            #expect(record.fingerprints.first?.algorithm == "pdq-pages-1")
            let upload = notary.makeUpload()
            try upload.append(Array(ScannedPDF.text(levels: 9).utf8))
            let result = try await notary.search(upload, for: caller)
            let match = try #require(result.matches.first)
            #expect(match.kind == .page && match.id == registered.id)
            #expect(match.pages?.registeredPages == [1] && match.pages?.foundCount == 1)
            #expect(result.notes.first?.contains("it is a scan") == true)
            let report = try notary.audit()
            #expect(report.isConsistent, "\(report.findings)")
        }
    }
}
