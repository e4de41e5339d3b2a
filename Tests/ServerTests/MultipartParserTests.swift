import Testing

@testable import Server

struct MultipartParserTests {
    /// A body with text before the first delimiter, near-delimiters inside a file, an empty part and text after the
    /// end.
    static let body = Array(
        [
            "before", "--b0", "Content-Disposition: form-data; name=\"claim\"",
            "Content-Type: application/json; charset=utf-8",
            "", "{}", "--b0 \t", "content-disposition: form-data; name=file; filename=\"a\\\"b; name=x.jpg\"",
            "Content-Type: image/JPEG", "", "\r\n--b\r\r\n--", "", "--b0",
            "Content-Disposition: form-data; name=\"empty\"", "", "", "--b0--", "after",
        ].joined(separator: "\r\n").utf8
    )

    static let expected: [(header: PartHeader, data: String)] = [
        (PartHeader(name: "claim", mediaType: "application/json"), "{}"),
        (PartHeader(name: "file", mediaType: "image/jpeg"), "\r\n--b\r\r\n--\r\n"),
        (PartHeader(name: "empty", mediaType: nil), ""),
    ]

    /// Parts with their data put together, however it was cut.
    static func parts(of pieces: [[UInt8]], boundary: String = "b0") throws -> [(header: PartHeader, data: String)] {
        var parser = try MultipartParser(boundary: boundary)
        var parts: [(header: PartHeader, data: String)] = []
        for piece in pieces {
            for event in try parser.consume(piece) {
                switch event {
                case .partStart(let header): parts.append((header, ""))
                case .data(let bytes): parts[parts.count - 1].data += String(decoding: bytes, as: UTF8.self)
                case .partEnd: break
                }
            }
        }
        try parser.finish()
        return parts
    }

    static func expectSame(_ parts: [(header: PartHeader, data: String)], _ note: Comment) {
        #expect(parts.map(\.header) == expected.map(\.header), note)
        #expect(parts.map(\.data) == expected.map(\.data), note)
    }

    @Test func readsAWholeBody() throws {
        Self.expectSame(try Self.parts(of: [Self.body]), "in one piece")
    }

    @Test func everySplitGivesTheSame() throws {
        for cut in 0...Self.body.count {
            Self.expectSame(try Self.parts(of: [Array(Self.body[..<cut]), Array(Self.body[cut...])]), "cut at \(cut)")
        }
        Self.expectSame(try Self.parts(of: Self.body.map { [$0] }), "byte by byte")
    }

    @Test(arguments: 1...50) func randomPiecesGiveTheSame(seed: UInt64) throws {
        var random = SplitMix64(state: seed)
        var rest = Self.body[...]
        var pieces: [[UInt8]] = []
        while !rest.isEmpty {
            let count = Int.random(in: 1...40, using: &random)
            pieces.append(Array(rest.prefix(count)))
            rest = rest.dropFirst(count)
        }
        Self.expectSame(try Self.parts(of: pieces), "seed \(seed)")
    }

    @Test func everyTruncationIsRefused() throws {
        let closing = Self.body.count - "\r\nafter".utf8.count
        for count in 0..<closing {
            #expect(throws: ServerError.self, "first \(count) bytes") {
                try Self.parts(of: [Array(Self.body[..<count])])
            }
        }
        Self.expectSame(try Self.parts(of: [Array(Self.body[..<closing])]), "without what follows the end")
    }

    @Test func everyChangedByteReadsOrIsRefused() throws {
        for position in Self.body.indices {
            var body = Self.body
            body[position] ^= 0x20
            do { _ = try Self.parts(of: [body]) } catch is ServerError {}
        }
    }

    static func part(_ header: String) -> String { "--b0\r\n\(header)\r\n\r\nx\r\n--b0--\r\n" }
    static let disposition = "Content-Disposition: form-data; name=\"file\""

    @Test(arguments: [
        ("", ServerError.Code.multipartTruncated),
        ("no delimiter at all", .multipartTruncated),
        ("--b0x\r\n", .multipartMalformed),
        ("--b0 x\r\n", .multipartMalformed),
        (part("Content-Type: image/png"), .partHeaderInvalid),
        (part("Content-Disposition: attachment; name=\"file\""), .partHeaderInvalid),
        (part("Content-Disposition: form-data"), .partHeaderInvalid),
        (part("Content-Disposition: form-data; name=\"\""), .partHeaderInvalid),
        (part("Content-Disposition: form-data; name=\"file"), .partHeaderInvalid),
        (part("Content-Disposition: form-data; name=\"a\"; name=\"b\""), .partHeaderInvalid),
        (part("Content-Disposition form-data"), .partHeaderInvalid),
        (part("\(disposition)\r\n\(disposition)"), .partHeaderInvalid),
        (part("\(disposition)\r\nContent-Type: a/b\r\nContent-Type: a/b"), .partHeaderInvalid),
        (part("\(disposition)\r\nContent-Type: ;"), .partHeaderInvalid),
        (part("\(disposition)\r\nContent-Transfer-Encoding: base64"), .partHeaderInvalid),
        (part("\(disposition)\r\nX: \(String(repeating: "x", count: 9000))"), .partHeaderTooLarge),
        (String(repeating: "x", count: 9000), .partHeaderTooLarge),
        (String(repeating: "--b0\r\n\(disposition)\r\n\r\nx\r\n", count: 17), .partsTooMany),
    ])
    func refuses(body: String, code: ServerError.Code) throws {
        let error = #expect(throws: ServerError.self) { try Self.parts(of: [Array(body.utf8)]) }
        #expect(error?.code == code)
    }

    @Test func aFormWithoutPartsIsEmpty() throws {
        #expect(try Self.parts(of: [Array("--b0--".utf8)]).isEmpty)
    }

    @Test func refusesAHeaderThatIsNotUTF8() {
        let body = Array("--b0\r\n\(Self.disposition)".utf8) + [0xFF] + Array("\r\n\r\nx\r\n--b0--".utf8)
        let error = #expect(throws: ServerError.self) { try Self.parts(of: [body]) }
        #expect(error?.code == .partHeaderInvalid)
    }

    @Test(arguments: ["", "a b ", "a\r\nb", "ü", "a;b", String(repeating: "b", count: 71)])
    func refusesBoundary(text: String) {
        let error = #expect(throws: ServerError.self) { try MultipartParser(boundary: text) }
        #expect(error?.code == .boundaryInvalid)
    }

    @Test func endlessPaddingAndPreambleAreLimited() throws {
        for start in ["", "--b0"] {
            var parser = try MultipartParser(boundary: "b0")
            _ = try parser.consume(Array(start.utf8))
            #expect(throws: ServerError.self) {
                for _ in 0..<200 { _ = try parser.consume([UInt8](repeating: 0x20, count: 64)) }
            }
        }
    }
}
