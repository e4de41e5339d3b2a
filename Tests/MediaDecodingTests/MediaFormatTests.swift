import MediaDecoding
import Testing

struct MediaFormatTests {
    private static let zip: [UInt8] = [0x50, 0x4B, 0x03, 0x04]

    @Test(
        arguments: [
            (Array("%PDF-1.7\n".utf8), "application/pdf"),
            (
                zip + Array("....[Content_Types].xml....word/document.xml".utf8),
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
            ),
            (zip + Array("....photos/1.jpg".utf8), "application/zip"),
            (Array("合同 계약서 contract\n".utf8), "text/plain"),
            (Array("a\u{0}b".utf8), "application/octet-stream"),
            ([0xFF, 0xFE, 0x41, 0x00], "text/plain"),
            ([0xC3, 0x28], "application/octet-stream"),
            ([], "application/octet-stream"),
            (
                [0, 0, 0, 28] + Array("ftypmif1".utf8) + [0, 0, 0, 0] + Array("mif1avif".utf8) + [0, 0, 0, 0],
                "image/avif"
            ),
            ([0, 0, 0, 24] + Array("ftypmif1".utf8) + [0, 0, 0, 0] + Array("mif1heic".utf8), "image/heic"),
            (
                [0, 0, 0, 24] + Array("ftypmif1".utf8) + [0, 0, 0, 0] + Array("mif1miaf".utf8),
                "application/octet-stream"
            ),
            // A box longer than the file, and one whose length is no multiple of four.
            ([0, 0, 1, 0] + Array("ftypavif".utf8) + [0, 0, 0, 0], "application/octet-stream"),
            ([0, 0, 0, 17] + Array("ftypavif".utf8) + [0, 0, 0, 0, 0], "application/octet-stream"),
        ] as [([UInt8], String)]
    )
    func contractsAndBrandsAreNamed(bytes: [UInt8], mediaType: String) {
        #expect(MediaFormat(signatureOf: bytes).mediaType == mediaType)
    }
}
