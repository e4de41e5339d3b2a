import Clauses
import Testing

struct ClauseSplitterTests {
    @Test func chineseArticlesAndSentencesAreClauses() {
        let text = """
            第一条 标的
            甲方向乙方采购茶具。共计 300 把，单价
            168.00 元；货款共计 50,400.00 元。
            第二条 付款
            甲方应于十五日内付款。
            """
        let clauses = ClauseSplitter.clauses(of: text)
        #expect(
            clauses.map(\.text) == [
                "第一条 标的", "甲方向乙方采购茶具。", "共计 300 把，单价 168.00 元；", "货款共计 50,400.00 元。", "第二条 付款",
                "甲方应于十五日内付款。",
            ]
        )
        #expect(clauses.map(\.heading).first == "第一条 标的" && clauses.last?.heading == "第二条 付款")
    }

    /// The lines of a PDF break anywhere.
    @Test func lineBreaksMeanNothing() {
        let one = ClauseSplitter.clauses(of: "第五条　付款\n合同签订后五个工作日内，甲方支付合同总价百分之三十的预付款。")
        let two = ClauseSplitter.clauses(of: "第五条　付款\n合同签订后五个工作日\n内，甲方支付合同总价\n百分之三十的预付款。\n")
        #expect(one == two)
        let english = ClauseSplitter.clauses(of: "The Consignor makes\nfurniture by hand. It is sold.")
        #expect(english.map(\.text) == ["The Consignor makes furniture by hand.", "It is sold."])
    }

    @Test func koreanArticlesAreHeadings() {
        let clauses = ClauseSplitter.clauses(of: "제1조 (목적)\n이 계약은 사진에 관한 것이다.\n① 갑은 을에게 허락한다.\n제2조 (기간)\n1년으로 한다.")
        #expect(clauses.map(\.heading) == ["제1조 (목적)", "제1조 (목적)", "제1조 (목적)", "제2조 (기간)", "제2조 (기간)"])
    }

    @Test func nothingHasNoClauses() {
        #expect(ClauseSplitter.clauses(of: "").isEmpty)
        #expect(ClauseSplitter.clauses(of: " \n\u{3000}\n").isEmpty)
    }
}
