import Testing

@testable import Fingerprints

/// What the reference's own cases leave out. Expected values by iscc-core 1.5.0.
@Suite struct ISCCTextTests {
    @Test(arguments: [
        // Sigma at the end of a word is another letter, by the only rule of case that looks around.
        ("ΟΔΟΣ ΣΟΦΟΣ Σ. ΑΣ'Α", "οδοςσοφοςσασα", "ISCC:EAARSLELBXB6MUNW"),
        ("産品 照片、ﾌﾟﾛｸﾞﾗﾑ ﾊﾞ", "産品照片プログラムバ", "ISCC:EAAV6G6ZT2DBBBNH"),
        ("한국어 계약서 ㄱㅏ ㅎㅏㄴ\u{1112}\u{1161}\u{11AB}", "한국어계약서가하\u{1102}한", "ISCC:EAAXSRWIZPTGW4LP"),
        ("Ǆ ﬁ ½ İSTANBUL ẞ", "d\u{17E}fi1\u{2044}2istanbul\u{DF}", "ISCC:EAA3X7MAOYZRICAA"),
        ("a\u{200B}b\u{AD}c\u{0}d", "abcd", "ISCC:EAA7ZRVYCP4JF7TM"),
    ])
    func collapses(text: String, collapsed: String, code: String) {
        #expect(CollapsedText(text).scalars.map(\.value) == collapsed.unicodeScalars.map(\.value))
        #expect(ISCC.textCode(of: text, bits: 64).code == code)
    }

    /// Long texts are composed in pieces, and no character is torn between two.
    @Test func longTextsAreWhole() {
        let text = String(repeating: "계약서 제1조 ㄱㅏ물품은 ﾊﾞ 甲方应当于 ｶﾞ ", count: 400)
        #expect(CollapsedText(text).scalars.count == 6800)
        #expect(ISCC.textCode(of: text).code == "ISCC:EADZPFCBFDX7XPWGFSHJ2PNFZRDXBQ4HCZRWJEHXWCUQXQCJJF73ZAQ")
    }

    @Test func lineBreaksAndCaseDoNotCount() {
        let contract = "甲方应当于2026年3月1日之前向乙方支付全部货款，逾期按日加收违约金。"
        let broken = contract.map { "\($0)\r\n" }.joined()
        #expect(ISCC.textCode(of: contract) == ISCC.textCode(of: broken))
        #expect(ISCC.textCode(of: "The Seller Shall Pay") == ISCC.textCode(of: "the seller shall pay"))
    }

    @Test func metaCodeNeedsATitle() {
        #expect(throws: FingerprintError.noISCC("")) { try ISCC.metaCode(name: " \u{200B}\n ") }
        #expect(throws: FingerprintError.noISCC("")) {
            try ISCC.metaCode(name: "a", metadata: ISCCMetadata(url: "https://example.com/"))
        }
    }

    @Test(arguments: [
        (0.1, "0.1"), (-0.0, "0"), (1e21, "1e+21"), (123_456_789.5, "123456789.5"), (1e-6, "0.000001"),
        (1.5e-7, "1.5e-7"),
        (Double.leastNonzeroMagnitude, "5e-324"), (1e20, "100000000000000000000"), (-12.0, "-12"),
        (1.2345e25, "1.2345e+25"),
        (120.0, "120"), (0.00123, "0.00123"),
    ])
    func numbersAreWrittenAsECMAScriptDoes(number: Double, text: String) {
        #expect(CanonicalJSON.number(number).encoded == Array(text.utf8))
    }
}
