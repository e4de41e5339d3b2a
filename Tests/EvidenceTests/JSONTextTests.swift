import Evidence
import Testing

/// Reading and writing JSON: strings above all, which are nearly all of a record.
struct JSONTextTests {
    @Test(arguments: [
        ("", #""""#), ("plain", #""plain""#), ("a\"b\\c", #""a\"b\\c""#), ("\n\r\t", #""\n\r\t""#),
        ("\u{1}\u{1F}\u{7F}", #""\u0001\u001f\u007f""#), ("茶壶 🫖", "\"茶壶 🫖\""), ("\\", #""\\""#),
        ("at its end\"", #""at its end\"""#), ("\"at its start", #""\"at its start""#),
    ])
    func aStringIsWrittenOneWay(_ text: String, _ written: String) throws {
        let bytes = JSONValue.string(text).encoded(.compact)
        #expect(String(decoding: bytes, as: UTF8.self) == written)
        #expect(try JSONValue(parsing: bytes) == .string(text))
    }

    @Test(arguments: [
        (#""\u0041\/\b\f""#, "A/\u{8}\u{C}"), (#""\ud83e\uded6!""#, "🫖!"), (#""a\nb\nc""#, "a\nb\nc"),
    ])
    func escapesAreRead(_ written: String, _ text: String) throws {
        #expect(try JSONValue(parsing: Array(written.utf8)) == .string(text))
    }

    @Test(arguments: [
        (#""open"#, JSONError.Code.malformed), (#""open\"#, .malformed), (#""open\""#, .malformed),
        ("\"a\nb\"", .malformed), ("\"\u{1}\"", .malformed), (#""\x""#, .malformed), (#""\ud83e""#, .malformed),
        (#""\u12""#, .malformed), (#"{"a":1,"a":2}"#, .duplicateKey), (#""a" 1"#, .trailingBytes),
    ])
    func badOnesAreRefused(_ written: String, _ code: JSONError.Code) {
        let error = #expect(throws: JSONError.self) { try JSONValue(parsing: Array(written.utf8)) }
        #expect(error?.code == code)
    }

    @Test func textThatIsNoUTF8IsRefused() {
        let error = #expect(throws: JSONError.self) { try JSONValue(parsing: [0x22, 0xFF, 0x22]) }
        #expect(error?.code == .notUTF8)
    }

    /// By their bytes, which is not the order of people or of Swift.
    @Test func keysAreSortedByTheirBytes() {
        let value: JSONValue = ["b": 1, "B": [], "a\u{301}": ["x": true], "ab": "", "": 2]
        #expect(
            String(decoding: value.encoded(.compact), as: UTF8.self)
                == "{\"\":2,\"B\":[],\"ab\":\"\",\"a\u{301}\":{\"x\":true},\"b\":1}"
        )
        #expect(
            String(decoding: JSONValue.object(["a": ["b": 1]]).encoded(), as: UTF8.self) == """
                {
                  "a": {
                    "b": 1
                  }
                }

                """
        )
    }
}
