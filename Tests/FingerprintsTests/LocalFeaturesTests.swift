import Bytes
import Fingerprints
import Testing

/// The bytes that features are stored and handed over as.
struct LocalFeaturesTests {
    private static let feature = LocalFeature(
        x: 5119,
        y: 8,
        level: 7,
        angle: 200,
        descriptor: SIMD4(1, 2, 0x0123_4567_89AB_CDEF, .max)
    )

    private static func features(_ count: Int, width: Int = 640, height: Int = 427) -> LocalFeatures? {
        LocalFeatures(frameWidth: width, frameHeight: height, features: Array(repeating: feature, count: count))
    }

    private static func read(_ bytes: [UInt8]) -> LocalFeatures? {
        var reader = ByteReader(bytes)
        return LocalFeatures(reading: &reader)
    }

    @Test(arguments: [0, 1, 380, LocalFeatures.countLimit])
    func theyComeBack(count: Int) throws {
        let features = try #require(Self.features(count))
        #expect(features.bytes.count == LocalFeatures.byteCount(count))
        #expect(Self.read(features.bytes) == features)
    }

    /// A published format: these bytes never change.
    @Test func theBytesAreThese() throws {
        let bytes = try #require(Self.features(1)).bytes
        #expect(
            bytes == [0x02, 0x80, 0x01, 0xAB, 0, 1, 0x13, 0xFF, 0, 8, 7, 200, 0, 0, 0, 0, 0, 0, 0, 1]
                + [0, 0, 0, 0, 0, 0, 0, 2, 0x01, 0x23, 0x45, 0x67, 0x89, 0xAB, 0xCD, 0xEF]
                + [UInt8](repeating: 0xFF, count: 8)
        )
    }

    @Test func whatFollowsIsLeftUnread() throws {
        let features = try #require(Self.features(2))
        var reader = ByteReader(features.bytes + [9])
        #expect(LocalFeatures(reading: &reader) == features)
        #expect(reader.remainingCount == 1)
    }

    @Test func truncatedBytesAreRefused() throws {
        let bytes = try #require(Self.features(2)).bytes
        for count in bytes.indices { #expect(Self.read(Array(bytes.prefix(count))) == nil, "\(count) bytes") }
    }

    /// Width, height and count at the front; x and y of the only feature.
    @Test(arguments: [
        (0, [0x00, 0x00]), (0, [0x20, 0x00]), (2, [0x00, 0x00]), (2, [0xFF, 0xFF]), (4, [0x00, 0x02]),
        (4, [0x10, 0x01]), (4, [0xFF, 0xFF]), (6, [0x14, 0x01]), (6, [0xFF, 0xFF]), (8, [0x0D, 0x59]),
    ])
    func hostileNumbersAreRefused(position: Int, bytes: [UInt8]) throws {
        var hostile = try #require(Self.features(1)).bytes
        hostile.replaceSubrange(position..<position + 2, with: bytes)
        #expect(Self.read(hostile) == nil)
    }

    @Test func impossibleFeaturesAreNone() {
        #expect(Self.features(LocalFeatures.countLimit + 1) == nil)
        #expect(Self.features(1, width: 8192) == nil)
        #expect(Self.features(0, height: 0) == nil)
        // The frame's right edge is 5112 steps from its left one.
        #expect(Self.features(1, width: 639) == nil)
    }

    @Test func distanceCountsBits() {
        let other = LocalFeature(x: 0, y: 0, level: 0, angle: 0, descriptor: SIMD4(0, 2, 0x0123_4567_89AB_CDEF, 0))
        #expect(Self.feature.distanceBits(to: other) == 65)
        #expect(Self.feature.distanceBits(to: Self.feature) == 0)
    }
}
