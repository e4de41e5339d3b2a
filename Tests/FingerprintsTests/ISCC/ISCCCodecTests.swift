import Testing

@testable import Fingerprints

/// Codes that must not be read.
@Suite struct ISCCCodecTests {
    @Test(arguments: [
        "", "ISCC:", "ISCC:EAAS", "ISCC:EAASL4F2WZY7KBX", "ISCC:EAASL4F2WZY7KBXBAA", "ISCC:EAASL4F2WZY7KBX1",
        "ISCC:KACYPXW445FTYNJ3CYSXHAFJMA2HUWULUNRFE3BLHRSCXYH2M5AEGQY", "ISCC:MAASL4F2WZY7KBXB",
    ])
    func refusesWhatIsNoUnit(code: String) {
        #expect(throws: FingerprintError.malformedISCC("")) { try ISCCUnit(code: code) }
    }

    /// Small letters and hyphens are spellings of the same.
    @Test func readsOtherSpellings() throws {
        let unit = try ISCCUnit(code: "eaas-l4f2-wzy7-kbxb")
        #expect(unit.code == "ISCC:EAASL4F2WZY7KBXB")
        #expect(
            unit.mainType == .content && unit.subType == ISCCMainType.Medium.text.rawValue && unit.digest.count == 8
        )
    }

    @Test func headersHaveOneSpelling() throws {
        for number in [0, 7, 8, 71, 72, 583, 584, 4679] {
            let header = ISCCHeader(mainType: 2, subType: number, version: 0, length: 1)
            var bytes = header.bytes[...]
            #expect(try ISCCHeader(readingFrom: &bytes) == header)
            #expect(bytes.isEmpty)
            var cut = header.bytes.dropLast()
            #expect(throws: FingerprintError.malformedISCC("")) { try ISCCHeader(readingFrom: &cut) }
        }
        // A number of no length, and padding that is not zero.
        var unknown: ArraySlice<UInt8> = [0xF0, 0x00]
        #expect(throws: FingerprintError.malformedISCC("")) { try ISCCHeader(readingFrom: &unknown) }
        var padded: ArraySlice<UInt8> = [0x28, 0x00, 0x11]
        #expect(throws: FingerprintError.malformedISCC("")) { try ISCCHeader(readingFrom: &padded) }
    }

    @Test(arguments: [
        [] as [UInt8], [0x20], [0x20, 0x01, 1, 2, 3], [0x50, 0x01, 1, 2, 3, 4, 5, 6, 7, 8],
        [0x30, 0x01, 1, 2, 3, 4, 5, 6, 7, 8, 0],
    ])
    func refusesWhatIsNoSequence(bytes: [UInt8]) {
        #expect(throws: FingerprintError.malformedISCC("")) { try ISCCSequence.decode(bytes) }
    }

    @Test func codesNeedDataAndInstance() throws {
        let text = ISCC.textCode(of: "a")
        let data = DataCodeStream().unit()
        let instance = InstanceCodeStream().unit()
        for units in [[], [text], [text, data], [data, data, instance], [text, text, data, instance]] {
            #expect(throws: FingerprintError.noISCC("")) { try ISCCCode(units) }
        }
        #expect(throws: FingerprintError.noISCC("")) { try ISCCCode([text, data, instance], wide: true) }
        let short = DataCodeStream().unit(bits: 32)
        #expect(throws: FingerprintError.noISCC("")) { try ISCCCode([short, instance]) }
        let wide = try ISCCCode([instance, data], wide: true)
        #expect(try ISCCCode(code: wide.code) == wide)
        #expect(wide.units.allSatisfy { $0.digest.count == 16 })
        #expect(throws: FingerprintError.malformedISCC("")) { try ISCCCode(code: text.code) }
    }

    @Test func mixedCodesNeedContent() {
        let text = ISCC.textCode(of: "a")
        #expect(throws: FingerprintError.noISCC("")) { try ISCC.mixedCode(of: [text]) }
        #expect(throws: FingerprintError.noISCC("")) { try ISCC.mixedCode(of: [text, DataCodeStream().unit()]) }
        #expect(throws: FingerprintError.noISCC("")) {
            try ISCC.mixedCode(of: [text, ISCC.textCode(of: "b", bits: 64)], bits: 128)
        }
        #expect(throws: FingerprintError.noISCC("")) { try ISCC.videoCode(of: []) }
        #expect(throws: FingerprintError.noISCC("")) { try ISCC.videoCode(of: [[1, 2]]) }
    }
}
