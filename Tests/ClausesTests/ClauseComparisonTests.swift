import Clauses
import Testing

struct ClauseComparisonTests {
    static let contract = """
        第一条 标的
        甲方向乙方采购手绘青花茶具，共三百把。
        第二条 付款
        甲方应在收货后十五日内付清价款。逾期的，每日支付千分之一的违约金。
        第三条 争议
        双方应先行协商；协商不成的，向乙方所在地人民法院起诉。
        """

    @Test func aChangedClauseIsShownWithItsCharacters() throws {
        let altered = Self.contract.replacing("千分之一", with: "千分之五")
        let comparison = ClauseComparison(registered: Self.contract, found: altered)
        #expect(comparison.unchangedCount == 7 && comparison.changeCount == 1)
        let change = try #require(comparison.changes.first)
        #expect(change.kind == .changed && change.heading == "第二条 付款")
        #expect(
            change.pieces.map { "\($0.kind):\($0.text)" } == [
                "same:逾期的，每日支付千分之", "removed:一", "added:五", "same:的违约金。",
            ]
        )
        #expect(comparison.similarity > 0.97 && comparison.similarity < 1)
    }

    @Test func addedAndRemovedClausesAreShown() {
        let altered = Self.contract.replacing("逾期的，每日支付千分之一的违约金。", with: "")
            .replacing("第三条 争议", with: "第三条 争议\n本合同适用新加坡法律。")
        let comparison = ClauseComparison(registered: Self.contract, found: altered)
        #expect(comparison.changes.map(\.kind) == [.removed, .added])
        #expect(comparison.changes.first?.registered == "逾期的，每日支付千分之一的违约金。")
        #expect(comparison.changes.last?.found == "本合同适用新加坡法律。")
    }

    @Test func layoutAndWidthAreNoChange() {
        let other = Self.contract.replacing("，", with: ",").replacing("手绘", with: "手\n绘").replacing(
            " ",
            with: "\u{3000}"
        )
        let comparison = ClauseComparison(registered: Self.contract, found: other)
        #expect(comparison.changes.isEmpty)
        #expect(comparison.similarity == 1)
    }

    @Test func wordsAreComparedWhole() throws {
        let comparison = ClauseComparison(
            registered: "The Consignee shall pay within 30 days of the sale.",
            found: "The Consignee shall pay within 300 days of the sale."
        )
        let change = try #require(comparison.changes.first)
        #expect(change.pieces.filter { $0.kind != .same }.map(\.text) == [" 30", " 300"])
    }

    /// Against a full table of the longest common runs, on seeded sequences.
    @Test(arguments: 0..<40)
    func alignmentIsLongest(seed: Int) {
        var state = UInt64(seed) &+ 1
        func random(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        let first = (0..<random(40)).map { _ in "甲乙丙丁戊"[random(5)] }
        var second = first
        for _ in 0..<random(12) { second.insert("甲乙丙丁戊"[random(5)], at: random(second.count + 1)) }
        for _ in 0..<random(12) where !second.isEmpty { second.remove(at: random(second.count)) }
        let comparison = ClauseComparison(
            registered: "合" + String(first) + "同。",
            found: "合" + String(second) + "同。"
        )
        let pieces = comparison.changes.flatMap(\.pieces)
        if !pieces.isEmpty {
            let old = pieces.filter { $0.kind != .added }.map(\.text).joined()
            let new = pieces.filter { $0.kind != .removed }.map(\.text).joined()
            #expect(old == "合" + String(first) + "同。" && new == "合" + String(second) + "同。")
            let same = pieces.filter { $0.kind == .same }.map(\.text).joined().count
            #expect(same == Self.longest(Array("合" + String(first) + "同。"), Array("合" + String(second) + "同。")))
        }
    }

    private static func longest(_ first: [Character], _ second: [Character]) -> Int {
        var row = [Int](repeating: 0, count: second.count + 1)
        for a in first {
            var corner = 0
            for (place, b) in second.enumerated() {
                let above = row[place + 1]
                row[place + 1] = a == b ? corner + 1 : max(above, row[place])
                corner = above
            }
        }
        return row[second.count]
    }

    @Test func differentTextsEndSoon() {
        let first = (0..<30_000).map { "第\($0)句说的是甲。" }.joined()
        let second = (0..<30_000).map { "另\($0)句讲的是乙。" }.joined()
        let comparison = ClauseComparison(registered: first, found: second)
        #expect(comparison.changes.count == ClauseComparison.changeLimit)
        #expect(comparison.changeCount > ClauseComparison.changeLimit)
    }
}

extension String {
    fileprivate subscript(place: Int) -> Character { self[index(startIndex, offsetBy: place)] }
}
