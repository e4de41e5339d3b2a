import Documents
import MediaDecoding
import Testing

struct WordProcessorTests {
    @Test func paragraphsOfAWordDocumentAreRead() async throws {
        let body = """
            <w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:t>第一条</w:t></w:r><w:r><w:tab/>
            <w:t xml:space="preserve"> 价款 &amp; 税</w:t></w:r></w:p>
            <w:p><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins><w:r><w:t>新</w:t></w:r></w:ins>
            <w:r><w:instrText>PAGE</w:instrText></w:r><mc:AlternateContent><mc:Choice><w:t>一</w:t></mc:Choice>
            <mc:Fallback><w:t>二</w:t></mc:Fallback></mc:AlternateContent></w:p>
            """
        let document = try await ReaderFixture.read(CraftedZip.docx(body))
        #expect(document.method == .word)
        #expect(document.text == "第一条\t 价款 & 税\n新一\n")
    }

    @Test func paragraphsOfAnOpenDocumentAreRead() async throws {
        let body = """
            <text:tracked-changes><text:p>gone</text:p></text:tracked-changes>
            <text:h>제1조 (목적)</text:h><text:p>이 계약은<text:s/>사진의
               이용허락에<text:line-break/>관한 것이다.</text:p>
            """
        let document = try await ReaderFixture.read(CraftedZip.odt(body))
        #expect(document.method == .openDocument)
        #expect(document.text == "제1조 (목적)\n이 계약은 사진의 이용허락에\n관한 것이다.\n")
    }

    @Test func aDocumentThatExpandsTooFarIsRefused() async throws {
        let blank = [UInt8](repeating: 0x20, count: 65 << 20)
        let bomb = CraftedZip.bytes([("word/document.xml", blank)])
        #expect(bomb.count < 100_000)
        #expect(try await ReaderFixture.code(bomb) == .partTooLarge)
    }

    /// Members that the text does not need are never expanded, however large they are.
    @Test func whatTheTextDoesNotNeedIsNotExpanded() async throws {
        let blank = [UInt8](repeating: 0, count: 65 << 20)
        let xml = Array("<d><p><t>kept</t></p></d>".utf8)
        let bytes = CraftedZip.bytes([("word/media/picture.bmp", blank), ("word/document.xml", xml)])
        #expect(try await ReaderFixture.read(bytes).text == "kept\n")
    }

    @Test func entitiesAreNotExpanded() async throws {
        let lol = (1...9).map { "<!ENTITY l\($0) \"" + String(repeating: "&l\($0 - 1);", count: 10) + "\">" }.joined()
        let bomb = CraftedZip.docx(
            "<w:p><w:r><w:t>&l9;</w:t></w:r></w:p>",
            prolog: "<!DOCTYPE w [<!ENTITY l0 \"lol\">\(lol)]>"
        )
        #expect(try await ReaderFixture.code(bomb) == .documentType)
        let outside = CraftedZip.docx(
            "<w:p><w:r><w:t>&f;</w:t></w:r></w:p>",
            prolog: "<!DOCTYPE w [<!ENTITY f SYSTEM \"file:///etc/passwd\">]>"
        )
        #expect(try await ReaderFixture.code(outside) == .documentType)
    }

    @Test func damageIsNamed() async throws {
        #expect(try await ReaderFixture.code(CraftedZip.docx("<w:p><w:r>")) == .malformed)
        let deep = String(repeating: "<w:p>", count: 100_000)
        #expect(try await ReaderFixture.code(CraftedZip.docx(deep)) == .malformed)
        let whole = CraftedZip.docx(String(repeating: "<w:p><w:r><w:t>text</w:t></w:r></w:p>", count: 500))
        #expect(try await ReaderFixture.code(Array(whole.prefix(whole.count / 2))) == .malformed)
    }

    @Test func textPastTheLimitIsLeftOutAndSaidSo() async throws {
        let line = "<w:p><w:r><w:t>" + String(repeating: "约", count: 1000) + "</w:t></w:r></w:p>"
        let document = try await ReaderFixture.read(CraftedZip.docx(String(repeating: line, count: 3000)))
        #expect(document.isCut)
        #expect(document.text.utf8.count <= DocumentLimits.textBytes)
        #expect(document.text.unicodeScalars.allSatisfy { $0 != "\u{FFFD}" })
    }

    @Test func formatsAreTold() {
        #expect(MediaFormat(signatureOf: CraftedZip.docx("")) == .docx)
        #expect(MediaFormat(signatureOf: CraftedZip.odt("")) == .odt)
        #expect(MediaFormat(signatureOf: CraftedZip.bytes([("a.txt", [1, 2, 3])])) == .zip)
    }
}
