import Fingerprints
import MediaDecoding
import Testing

/// A JPEG whose EXIF says nothing valid is shown as it is stored, and is no error.
struct EXIFTests {
    private static let header = Array("Exif\0\0".utf8)
    private static let tiff: [UInt8] = [0x4D, 0x4D, 0x00, 0x2A, 0, 0, 0, 8]
    private static func entry(_ value: UInt8, type: UInt8 = 3, count: UInt8 = 1) -> [UInt8] {
        [0x01, 0x12, 0, type, 0, 0, 0, count, 0, value, 0, 0]
    }

    /// `baseline.jpg` with an APP1 segment right after its start.
    private func width(_ segment: [UInt8]) async throws -> Int {
        let bytes = try PoolFixture.bytes("baseline.jpg")
        let length = segment.count + 2
        let marker: [UInt8] = [0xFF, 0xE1, UInt8(length >> 8), UInt8(length & 0xFF)]
        return try await PoolFixture.picture(bytes.prefix(2) + marker + segment + bytes.dropFirst(2)).width
    }

    @Test func aValidOneCounts() async throws {
        #expect(try await width(Self.header + Self.tiff + [0, 1] + Self.entry(6)) == 64)
        // Behind another entry.
        let other: [UInt8] = [0x01, 0x00, 0, 3, 0, 0, 0, 1, 0, 9, 0, 0]
        #expect(try await width(Self.header + Self.tiff + [0, 2] + other + Self.entry(8)) == 64)
    }

    @Test(arguments: [
        [], header, header + tiff, header + tiff + [0, 0], header + tiff + [0, 1], header + tiff + [0, 2],
        header + tiff + [0, 1] + entry(0), header + tiff + [0, 1] + entry(9), header + tiff + [0, 1] + entry(255),
        header + tiff + [0, 1] + entry(6, type: 4), header + tiff + [0, 1] + entry(6, count: 2),
        header + tiff + [0, 1] + entry(6).dropLast(),
        // The directory lies outside, in the header, or the byte order is none.
        header + [0x4D, 0x4D, 0x00, 0x2A, 0xFF, 0xFF, 0xFF, 0xFF, 0, 1] + entry(6),
        header + [0x4D, 0x4D, 0x00, 0x2A, 0, 0, 0, 0, 0, 1] + entry(6),
        header + [0x4D, 0x49, 0x00, 0x2A, 0, 0, 0, 8, 0, 1] + entry(6),
        Array("Exif\0!".utf8) + tiff + [0, 1] + entry(6),
    ])
    func anInvalidOneDoesNot(segment: [UInt8]) async throws {
        #expect(try await width(segment) == 96)
    }
}
