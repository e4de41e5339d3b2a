import Documents
import Fingerprints
import Testing

struct PDFTests {
    /// Fonts that are not embedded and have no table to Unicode need Poppler's tables of CJK encodings, which the child
    /// can open no more once it reads the file.
    @Test(arguments: [
        ("D6D0CEC4BACFCDAC", "GBK-EUC-H", "STSong-Light", "GB1", "中文合同"),
        ("4E2D65875408540C", "UniGB-UCS2-H", "STSong-Light", "GB1", "中文合同"),
        ("C7D1B1B9BEEEB0E8BEE0", "KSCms-UHC-H", "HYSMyeongJo-Medium", "Korea1", "한국어계약"),
        ("D55CAD6DC5B4ACC4C57D", "UniKS-UCS2-H", "HYSMyeongJo-Medium", "Korea1", "한국어계약"),
        ("8C5F96F18F91", "90ms-RKSJ-H", "HeiseiMin-W3", "Japan1", "契約書"),
        ("A4A4A4E5A658ACF9", "ETen-B5-H", "MSung-Light", "CNS1", "中文合約"),
    ])
    func cjkWithoutEmbeddedFontsIsRead(hex: String, encoding: String, font: String, ordering: String, text: String)
        async throws
    {
        let padded = String(repeating: hex, count: 8)
        let pdf = CraftedPDF(text: padded, encoding: encoding, font: font, ordering: ordering)
        let document = try await ReaderFixture.read(pdf.bytes)
        #expect(document.method == .pdf)
        #expect(document.pageCount == 1)
        #expect(document.text.filter { !$0.isWhitespace }.hasPrefix(text + text))
    }

    @Test func aScanHasNoTextButPictures() async throws {
        let document = try await ReaderFixture.read(CraftedPDF.scan(pages: 20).bytes)
        #expect(document.text.isEmpty)
        #expect(document.pageCount == 20)
        #expect(document.pagePictures.count == DocumentLimits.pagePictures)
        let page = try #require(document.pagePictures.first)
        #expect((505...520).contains(page.width) && (715...735).contains(page.height))
        // The scan's dark and bright fields, and paper around it.
        #expect(Set(page.pixels).isSuperset(of: [0, 0x40, 0x80, 0xFF]))
        #expect(page.pixels.first == 0xFF)
    }

    @Test func aMillionObjectsAreReadWithinTheLimits() async throws {
        var pdf = CraftedPDF(
            text: String(repeating: "D6D0CEC4", count: 10),
            encoding: "GBK-EUC-H",
            font: "STSong-Light",
            ordering: "GB1"
        )
        pdf.add(1_000_000)
        #expect(try await ReaderFixture.read(pdf.bytes).text.contains("中文中文"))
    }

    @Test func pagesPastTheLimitAreLeftOutAndSaidSo() async throws {
        let document = try await ReaderFixture.read(CraftedPDF.scan(pages: DocumentLimits.pages + 1).bytes)
        #expect(document.isCut)
    }

    @Test func whatNeedsAPasswordSaysSo() async throws {
        var pdf = CraftedPDF(text: "D6D0CEC4", encoding: "GBK-EUC-H", font: "STSong-Light", ordering: "GB1")
        pdf.encrypt()
        #expect(try await ReaderFixture.code(pdf.bytes) == .encrypted)
    }

    @Test func whatIsNoPDFIsMalformed() async throws {
        #expect(try await ReaderFixture.code(Array("%PDF-1.7 and nothing else".utf8)) == .malformed)
    }

    /// A page tree that leads back to itself, and a page that says it is as large as a town.
    @Test func hostilePagesCostNothing() async throws {
        let loop = CraftedPDF(content: "", resources: "")
        var bytes = String(decoding: loop.bytes, as: UTF8.self)
        bytes.replace("/Kids[3 0 R]", with: "/Kids[2 0 R]")
        let code = try await ReaderFixture.code(Array(bytes.utf8))
        #expect(code == nil || code == .malformed)
        var scan = String(decoding: CraftedPDF.scan(pages: 1).bytes, as: UTF8.self)
        scan.replace("[0 0 595 842]", with: "[0 0 1 999999]")
        #expect(try await ReaderFixture.read(Array(scan.utf8)).pagePictures.isEmpty)
    }
}
