import Documents
import MediaDecoding
import Testing

struct PlainTextTests {
    static let chinese = "甲方应当在收到货物后十五日内付清全部价款，逾期按日加收违约金。"
    static let korean = "임차인은 매월 말일까지 차임을 지급하여야 하며, 연체한 때에는 지연손해금을 더한다."
    static let gb18030 = bytes(
        "bcd7b7bdd3a6b5b1d4dacad5b5bdbbf5ceefbaf3caaecee5c8d5c4dab8b6c7e5c8abb2bfbcdbbfeea3acd3e2c6dab0b4"
            + "c8d5bcd3cad5cea5d4bcbdf0a1a3"
    )
    static let eucKR = bytes(
        "c0d3c2f7c0cec0ba20b8c5bff920b8bbc0cfb1eec1f620c2f7c0d3c0bb20c1f6b1dec7cfbfa9bedf20c7cfb8e72c20bf"
            + "acc3bcc7d120b6a7bfa1b4c220c1f6bfacbcd5c7d8b1ddc0bb20b4f5c7d1b4d92e"
    )

    static func bytes(_ hex: String) -> [UInt8] {
        stride(from: 0, to: hex.utf8.count, by: 2).compactMap { UInt8(hex.dropFirst($0).prefix(2), radix: 16) }
    }

    @Test func encodingsAreTold() async throws {
        let utf8 = try await ReaderFixture.read(Array(Self.chinese.utf8))
        #expect(utf8.text == Self.chinese && utf8.charset == "UTF-8")
        let chinese = try await ReaderFixture.read(Self.gb18030)
        #expect(chinese.text == Self.chinese && chinese.charset == "GB18030")
        let korean = try await ReaderFixture.read(Self.eucKR)
        #expect(korean.text == Self.korean && korean.charset == "EUC-KR")
        let units = Array(Self.korean.utf16)
        let little: [UInt8] = [0xFF, 0xFE] + units.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
        let wide = try await ReaderFixture.read(little)
        #expect(wide.text == Self.korean && wide.charset == "UTF-16LE")
        let marked = try await ReaderFixture.read([0xEF, 0xBB, 0xBF] + Array("marked\r\nlines\r".utf8))
        #expect(marked.text == "marked\nlines\n")
    }

    @Test func aDeclaredEncodingIsBelieved() async throws {
        #expect(try await ReaderFixture.read(Self.gb18030, charset: .eucKR).text != Self.chinese)
        #expect(try await ReaderFixture.read(Self.gb18030, charset: .gb18030).text == Self.chinese)
    }

    @Test func otherEncodingsAreRefused() async throws {
        // Windows-1251: "договор" and what no double-byte encoding has.
        let bytes: [UInt8] = [0xE4, 0xEE, 0xE3, 0xEE, 0xE2, 0xEE, 0xF0, 0x20, 0xFF, 0x2E]
        await #expect(throws: DocumentError(.unknownCharset, DocumentLimits())) {
            _ = try await DocumentReader().document(from: bytes, as: .text)
        }
        #expect(MediaFormat(signatureOf: bytes) == .other)
    }

    @Test func textOfHTMLIsWhatABrowserShows() async throws {
        let html = """
            <!-- made by hand --><!DOCTYPE html><html><head><title>not shown</title><style>p { color: red }</style></head>
            <body><h1>합의서</h1><p>제1조&nbsp;(목적) <b>이 합의서는</b>
            그렇다.<br>둘째 줄<script>alert("no")</script></p><table><tr><td>a</td><td>b</td></tr></table></body></html>
            """
        let document = try await ReaderFixture.read(Array(html.utf8))
        #expect(document.method == .html)
        #expect(document.text == "합의서\n제1조\u{A0}(목적) 이 합의서는 그렇다.\n둘째 줄\na b \n")
    }

    @Test func theEncodingThatHTMLNamesIsBelieved() async throws {
        let html = Array(
            "<html><head><meta http-equiv=Content-Type content=\"text/html; charset=gb2312\"></head><body>".utf8
        )
        let document = try await ReaderFixture.read(html + Self.gb18030)
        #expect(document.text == Self.chinese + "\n" || document.text == Self.chinese)
        #expect(document.charset == "GB18030")
    }

    @Test func limitsAreKept() async throws {
        let code = try await ReaderFixture.code(Array("a text".utf8), limits: DocumentLimits(inputBytes: 3))
        #expect(code == .tooManyBytes)
        #expect(try await ReaderFixture.code(Array("<html>text".utf8), limits: DocumentLimits(seconds: 0)) == .timedOut)
    }
}
