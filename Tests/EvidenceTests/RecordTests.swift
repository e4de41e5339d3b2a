import Bytes
import Evidence
import Foundation
import Testing

@Suite struct RecordTests {
    @Test func aRecordReadsBackAsItWasWritten() throws {
        let sample = try SealedSample()
        #expect(try Record(parsing: sample.recordBytes) == sample.record)
    }

    @Test func theBytesAreReadableSortedJSONWithOneFinalNewline() throws {
        let text = String(decoding: try SealedSample().recordBytes, as: UTF8.self)
        #expect(text.hasPrefix("{\n  \"cinnabar\": \"record-1\",\n  \"claim\": {\n    \"author\": \"Kim\",\n"))
        #expect(text.hasSuffix("\n}\n") && !text.hasSuffix("\n\n"))
        #expect(text.contains(#""title": "红茶壶 \"Cinnabar\"""#))
    }

    @Test(
        arguments: [
            (#""cinnabar": "record-1""#, #""cinnabar": "record-2""#, EvidenceError.Code.unknownFormat),
            (#""how": "upload""#, #""how": "telepathy""#, .invalidField),
            (#""how": "upload""#, #""how": "upload", "how": "upload""#, .malformedJSON),
            (#""salt": "07"#, #""salt": "0"#, .invalidField),
            (#""sha256": {"#, #""sha512": {"#, .missingField),
            (#""software""#, #""softwares""#, .missingField),
            (#""sizeBytes": 4"#, #""sizeBytes": -4"#, .invalidField),
            (#".000Z""#, #"Z""#, .invalidField),
            (#""author": "Kim""#, #""author": """#, .invalidField),
            (#""author": "Kim""#, #""autor": "Kim""#, .invalidField),
            ("}\n", "}\n ", nil),
            ("}\n", "}\nx", .malformedJSON),
        ] as [(String, String, EvidenceError.Code?)]
    )
    func alteredRecordsGetTheirOwnError(_ old: String, _ new: String, _ code: EvidenceError.Code?) throws {
        var text = String(decoding: try SealedSample().recordBytes, as: UTF8.self)
        let range = try #require(text.range(of: old, options: old == "}\n" ? .backwards : []))
        text.replaceSubrange(range, with: new)
        var found: EvidenceError.Code?
        do { _ = try Record(parsing: Array(text.utf8)) } catch { found = error.code }
        #expect(found == code)
    }

    @Test func anEntryIsExactlyItsBytes() throws {
        let entry = Entry(record: try SealedSample().recordBytes)
        #expect(entry.bytes.count == Entry.byteCount)
        #expect(try Entry(bytes: entry.bytes) == entry)
        for position in entry.bytes.indices {
            var altered = entry.bytes
            altered[position] ^= 0x20
            let parsed = try? Entry(bytes: altered)
            #expect(parsed == nil, "byte \(position) was changed and the entry still read")
        }
        #expect(throws: EvidenceError.self) { try Entry(bytes: entry.bytes + [10]) }
        #expect(throws: EvidenceError.self) { try Entry(bytes: []) }
    }
}

@Suite struct JSONTests {
    @Test(arguments: [
        "", " ", "{", "[1,]", "{\"a\":1,}", "{'a':1}", "01", "1.", "1e", "-", "+1", "tru", "nul", "\"\\x\"",
        "\"\\ud800\"",
        "\"\\ud800\\u0041\"", "\"a", "\"\u{1}\"", "[1 2]", "{\"a\" 1}", "{1:2}", "1 1", "NaN",
    ]) func malformedTextIsRefused(_ text: String) {
        #expect(throws: JSONError.self) { try JSONValue(parsing: Array(text.utf8)) }
    }

    @Test func eachRefusalHasItsCode() {
        func code(_ bytes: [UInt8]) -> JSONError.Code? {
            do { _ = try JSONValue(parsing: bytes) } catch { return error.code }
            return nil
        }
        #expect(code(Array(#"{"a":1,"a":2}"#.utf8)) == .duplicateKey)
        #expect(code(Array(#"{"a":1,"\u0061":2}"#.utf8)) == .duplicateKey)
        #expect(code([0x22, 0xFF, 0x22]) == .notUTF8)
        #expect(code([UInt8](repeating: UInt8(ascii: "["), count: 100_000)) == .tooDeep)
        #expect(code(Array("{} {}".utf8)) == .trailingBytes)
    }

    @Test func valuesReadBack() throws {
        let value: JSONValue = [
            "text": "tab\t quote\" back\\ 名 \u{7f} \u{1F375}", "list": [1, -2, true, absent], "empty": [], "none": [:],
        ]
        #expect(try JSONValue(parsing: value.encoded()) == value)
        #expect(try JSONValue(parsing: value.encoded(.compact)) == value)
        #expect(try JSONValue(parsing: Array("\"\\ud83c\\udf75\\/\"".utf8)) == "\u{1F375}/")
        #expect(try JSONValue(parsing: Array("1.50e+3".utf8)) == .number("1.50e+3"))
    }

    private var absent: JSONValue { .null }
}

@Suite struct UTCTimeTests {
    @Test(arguments: [
        (0, "1970-01-01T00:00:00.000Z"), (951_782_400_123, "2000-02-29T00:00:00.123Z"),
        (1_790_000_000_000, "2026-09-21T14:13:20.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
        (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
    ]) func momentsPrintAndReadBack(_ milliseconds: Int64, _ text: String) {
        #expect(UTCTime(milliseconds: milliseconds).description == text)
        #expect(UTCTime(text)?.milliseconds == milliseconds)
    }

    @Test(arguments: [
        "2026-02-30T00:00:00.000Z", "2026-01-01T24:00:00.000Z", "2026-01-01T00:00:60.000Z", "2026-01-01T00:00:00Z",
        "2026-01-01 00:00:00.000Z", "2026-13-01T00:00:00.000Z", "",
    ]) func impossibleMomentsAreRefused(_ text: String) {
        #expect(UTCTime(text) == nil)
    }

    /// Such times come from files that somebody made up; they are far off, and no reason to end.
    @Test(arguments: [Int64.max, .min, 1 << 55, -(1 << 55)]) func farMomentsAreTakenAsTheLast(_ seconds: Int64) {
        let time = UTCTime(seconds: seconds)
        #expect(time == UTCTime(seconds: seconds < 0 ? -(1 << 52) : 1 << 52))
        #expect(time.description.contains("-") && time.description.hasSuffix("Z"))
    }
}
