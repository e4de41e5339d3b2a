import Evidence
import Foundation
import Programs
import Testing

/// A contract of which one clause was changed is found, and the clause shown, by the built programs.
@Suite struct ContractTests {
    /// The web page that the sample PDF was made from, with one clause changed: another file format, other line breaks.
    private static func altered() throws -> [UInt8] {
        let path = Repository.path("Samples/contracts/sources/supply-contract-zh.html")
        let page = String(decoding: try Scratch.bytes(at: path), as: UTF8.self)
        let clause = "按逾期部分货款的千分之一支付违约金"
        #expect(page.contains(clause))
        return Array(page.replacing(clause, with: "按逾期部分货款的千分之五支付违约金").utf8)
    }

    @Test func aChangedClauseIsShown() async throws {
        let shop = try await SampleShop.shared.value
        let office = try await DataFolder(copying: shop.office)
        let path = try office.scratch.write(Self.altered(), to: "altered.html")
        let run = try await office.cinnabar("search", path)
        try #require(run.status == 0, "\(run.errors)")
        let search = try #require(run.json["searches"]?.arrayValue?.first?["search"])
        #expect(search["document"]?["text"] == "read")
        let matches = try #require(search["matches"]?.arrayValue)
        #expect(matches.count == 1)
        let match = try #require(matches.first)
        #expect(match["kind"] == "near copy (text)")
        #expect(match["id"]?.stringValue == (try shop.id(of: "supply-contract-zh.pdf")))
        let clauses = try #require(match["text"]?["clauses"])
        #expect(clauses["changed"]?.integerValue == 1)
        let change = try #require(clauses["changes"]?.arrayValue?.first)
        #expect(change["kind"] == "changed")
        #expect(change["heading"]?.stringValue?.hasPrefix("第七条") == true)
        let pieces = try #require(change["pieces"]?.arrayValue)
        #expect(
            pieces.filter { $0["kind"] != "same" } == [
                ["kind": "removed", "text": "一"], ["kind": "added", "text": "五"],
            ]
        )
    }

    @Test func theTerminalShowsTheClauseAsAPersonReadsIt() async throws {
        let shop = try await SampleShop.shared.value
        let office = try await DataFolder(copying: shop.office)
        let path = try office.scratch.write(Self.altered(), to: "altered.html")
        let run = try await Executable.cinnabar.run(["search", path, "--data", office.path])
        try #require(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("应按逾期部分货款的千分之[-一-]{+五+}支付违约金"))
        #expect(run.output.contains("第七条"))
        #expect(!run.output.contains("\u{1B}["), "Colours are for terminals.")
    }

    /// The same text in another format has no clause that differs.
    @Test func anotherFormatOfTheSameTextIsTheSame() async throws {
        let shop = try await SampleShop.shared.value
        let office = try await DataFolder(copying: shop.office)
        let page = Repository.path("Samples/contracts/sources/supply-contract-zh.html")
        let search = try await office.cinnabar("search", page).json["searches"]?.arrayValue?.first?["search"]
        let match = try #require(search?["matches"]?.arrayValue?.first)
        #expect(match["text"]?["clauses"]?["changed"]?.integerValue == 0)
    }
}
