import Fingerprints
import Foundation
import Testing

struct TextFingerprintTests {
    static let contract = """
        甲方应在收货后七个工作日内按约定的标准验收，并将异议以书面形式通知乙方；逾期未通知的，视为验收合格，但隐蔽瑕疵不在此限。\
        对不合格品，乙方应在十日内免费更换。合同签订后五个工作日内，甲方支付合同总价百分之三十的预付款。
        """

    @Test func tokensFitTheScript() {
        #expect(TextTokens.tokens(of: "合同ＡＢＣ-12") == ["合", "同", "abc", "12"])
        #expect(TextTokens.tokens(of: "계약 기간은 1년") == ["계", "약", "기", "간", "은", "1", "년"])
        #expect(TextTokens.tokens(of: "ｶﾀｶﾅの契約") == ["カ", "タ", "カ", "ナ", "の", "契", "約"])
        #expect(TextTokens.tokens(of: "The Consignor's “goods”") == ["the", "consignor", "s", "goods"])
        #expect(TextTokens.tokens(of: " 　\n。，") == [])
        #expect(TextTokens.tokens(of: String(repeating: "a", count: 70)).map(\.count) == [32, 32, 6])
    }

    /// Hangul typed as letters (NFD, as files from a Mac have it) is the same text.
    @Test func normalFormsAreOne() throws {
        let text = "임차인은 매월 말일까지 차임을 지급하여야 한다."
        let decomposed = text.decomposedStringWithCanonicalMapping
        #expect(decomposed.unicodeScalars.count > text.unicodeScalars.count)
        #expect(fingerprint(decomposed) == fingerprint(text))
    }

    @Test func layoutWidthAndCaseChangeNothing() {
        let other = Self.contract.replacing("，", with: ", ").replacing("乙方", with: "乙\n 方")
        #expect(fingerprint(other) == fingerprint(Self.contract))
        #expect(fingerprint("Party A SHALL pay Ｂ ten") == fingerprint("party a shall\npay b ten"))
    }

    @Test func anAlteredTextStaysClose() throws {
        let altered = Self.contract.replacing("百分之三十", with: "百分之五十").replacing("十日内", with: "二十日内")
        let original = try #require(fingerprint(Self.contract))
        let similarity = try #require(fingerprint(altered)?.similarity(to: original))
        #expect(similarity > 0.75 && similarity < 1)
    }

    @Test func anotherTextIsFar() throws {
        let other = "在茫茫的大海上，有一座小岛，岛上住着一位老人和他的三个孙子，他们每天清晨划船出海，傍晚才带着满舱的鱼回来，晚上围着火炉讲故事。"
        let original = try #require(fingerprint(Self.contract))
        let similarity = try #require(fingerprint(other)?.similarity(to: original))
        #expect(similarity < 0.1)
    }

    /// Made once by this code and never changed: `text-minhash-1` keeps its meaning.
    @Test func theAlgorithmStaysAsItIs() throws {
        let result = try #require(TextFingerprint.fingerprint(of: Self.contract))
        #expect(result.quality == 94)
        #expect(result.fingerprint.hex.prefix(32) == "37813c21d7cd577673eee876187bba42")
        #expect(TextFingerprint(bytes: result.fingerprint.bytes) == result.fingerprint)
        #expect(TextFingerprint(bytes: Array(result.fingerprint.bytes.dropLast())) == nil)
    }

    @Test func tooLittleTextHasNone() {
        #expect(TextFingerprint.fingerprint(of: "只三字") == nil)
        #expect(TextFingerprint.fingerprint(of: "") == nil)
        #expect(TextFingerprint.fingerprint(of: "刚好四字")?.quality == 1)
    }

    private func fingerprint(_ text: String) -> TextFingerprint? { TextFingerprint.fingerprint(of: text)?.fingerprint }
}
