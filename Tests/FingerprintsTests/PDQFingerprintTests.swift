import Testing

@testable import Fingerprints

@Suite struct PDQFingerprintTests {
    private let hex = "e64cc9d91e623842f8d1f1d9a398e78c9f199a3bd87924f2b7e11e0bf061b064"

    @Test func readsAndWritesItsSpellings() throws {
        let fingerprint = try #require(PDQFingerprint(hex: hex))
        #expect(fingerprint.hex == hex)
        #expect(fingerprint.description == hex)
        #expect(fingerprint.words[0] == 0xe64c_c9d9_1e62_3842)
        #expect(fingerprint.bytes.count == PDQFingerprint.byteCount)
        #expect(fingerprint.bytes.first == 0xe6 && fingerprint.bytes.last == 0x64)
        #expect(PDQFingerprint(bytes: fingerprint.bytes) == fingerprint)
    }

    @Test(arguments: [
        "", "e6", String(repeating: "0", count: 63), String(repeating: "0", count: 65),
        String(repeating: "E", count: 64),
        String(repeating: "g", count: 64), " " + String(repeating: "0", count: 63),
        "0x" + String(repeating: "0", count: 62),
    ])
    func refusesOtherText(_ text: String) { #expect(PDQFingerprint(hex: text) == nil) }

    @Test(arguments: [0, 1, 31, 33, 64])
    func refusesOtherLengths(_ count: Int) {
        #expect(PDQFingerprint(bytes: [UInt8](repeating: 0, count: count)) == nil)
    }

    @Test func countsDifferingBits() throws {
        let zero = PDQFingerprint(words: .zero)
        let ones = PDQFingerprint(words: SIMD4(repeating: .max))
        #expect(zero.distanceBits(to: zero) == 0)
        #expect(zero.distanceBits(to: ones) == 256)
        #expect(zero.distanceBits(to: PDQFingerprint(words: SIMD4(1, 0, 1 << 63, 3))) == 4)
    }
}
