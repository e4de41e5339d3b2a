import Fingerprints
import MediaDecoding
import Testing

/// What is refused, with which code, and that no refusal costs a child.
struct BadInputTests {
    @Test(arguments: [
        "", "no picture at all, though it is called photo.jpg", "%PDF-1.7\n%âãÏÓ", "BM\u{0}\u{0}",
        "<svg xmlns='http://www.w3.org/2000/svg'><image href='http://example.com/a.png'/></svg>",
        "<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><svg>&x;</svg>",
        "P6 1 1 255\n...", "RIFF\u{0}\u{0}\u{0}\u{0}WAVE", "\u{0}\u{0}\u{0}\u{18}ftypmp42\u{0}\u{0}\u{0}\u{0}mp42isom",
    ])
    func whatIsNoPictureIsUnsupported(text: String) async throws {
        #expect(try await PoolFixture.refusal(Array(text.utf8)) == .unsupportedFormat)
    }

    @Test(arguments: [
        [0xFF, 0xD8, 0xFF], [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], Array("GIF89a".utf8),
        Array("RIFF\u{10}\u{0}\u{0}\u{0}WEBPVP8 ".utf8), [0x49, 0x49, 0x2A, 0x00], [0x4D, 0x4D, 0x00, 0x2A],
        [0, 0, 0, 16] + Array("ftypavif".utf8) + [0, 0, 0, 0], [0, 0, 0, 16] + Array("ftypheic".utf8) + [0, 0, 0, 0],
    ])
    func aSignatureAloneIsMalformed(bytes: [UInt8]) async throws {
        #expect(try await PoolFixture.refusal(bytes) == .malformed)
    }

    @Test func pixelsAreCountedBeforeTheyAreDecoded() async throws {
        #expect(try await PoolFixture.refusal(CraftedPNG.bytes(width: 50_000, height: 50_000)) == .tooManyPixels)
        #expect(try await PoolFixture.refusal(CraftedPNG.bytes(width: 10_001, height: 10_000)) == .tooManyPixels)
        // Within the limit, but there is no data.
        #expect(try await PoolFixture.refusal(CraftedPNG.bytes(width: 10_000, height: 10_000)) == .malformed)
        #expect(try await PoolFixture.refusal(CraftedPNG.bytes(width: 0, height: 10)) == .malformed)
    }

    @Test func limitsOfThePoolHold() async throws {
        let bytes = try PoolFixture.bytes("rgb-8.png")
        let small = try DecoderPool(children: 1, limits: DecodeLimits(inputBytes: bytes.count - 1))
        #expect(try await PoolFixture.refusal(bytes, small) == .tooManyBytes)
        let few = try DecoderPool(children: 1, limits: DecodeLimits(pixels: 96 * 64 - 1))
        #expect(try await PoolFixture.refusal(bytes, few) == .tooManyPixels)
        let exact = try DecoderPool(children: 1, limits: DecodeLimits(inputBytes: bytes.count, pixels: 96 * 64))
        #expect(try await PoolFixture.refusal(bytes, exact) == nil)
    }

    @Test func memoryIsLimited() async throws {
        let bytes = try PoolFixture.bytes("large.webp")
        // The libraries alone hold some 30 MB.
        let pool = try DecoderPool(children: 1, limits: DecodeLimits(memoryBytes: 40 << 20))
        #expect(try await PoolFixture.refusal(bytes, pool) == .outOfMemory)
        #expect(try await PoolFixture.refusal(PoolFixture.bytes("rgb-8.png"), pool) == nil)
        #expect(pool.counters.restarts == 0)
        #expect(try await PoolFixture.refusal(bytes) == nil)
    }

    @Test func sidesUnderFivePixelsHaveNoFingerprint() async throws {
        #expect(try await PoolFixture.refusal(PoolFixture.bytes("three-by-three.png")) == .tooFewPixels)
    }

    /// A part of a picture is never fingerprinted: a cut file is refused, or gives the very same plane (what was cut off
    /// was no pixels, such as the last chunk of a PNG or the later frames of a GIF).
    @Test(arguments: FormatTests.files.map(\.name))
    func aCutFileIsRefusedOrWhole(name: String) async throws {
        let bytes = try PoolFixture.bytes(name)
        let pool = try DecoderPool(children: 1)
        let whole = try await pool.picture(from: bytes)
        for count in stride(from: 0, to: bytes.count, by: 10) {
            do {
                let picture = try await pool.picture(from: Array(bytes.prefix(count)))
                #expect(PoolFixture.difference(picture, whole)?.largest == 0, "\(name) cut at \(count)")
                #expect(!name.hasSuffix(".jpg"), "\(name) cut at \(count)")
            } catch {
                #expect([.malformed, .unsupportedFormat].contains(error.code), "\(name) cut at \(count): \(error)")
            }
        }
        #expect(pool.counters.restarts == 0)
    }

    /// Any answer will do, as long as the child lives.
    @Test(arguments: FormatTests.files.map(\.name))
    func aFlippedByteKillsNobody(name: String) async throws {
        let bytes = try PoolFixture.bytes(name)
        let pool = try DecoderPool(children: 1)
        for index in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 100)) {
            var damaged = bytes
            damaged[index] ^= 0xFF
            let refusal = try await PoolFixture.refusal(damaged, pool)
            #expect(refusal != .decoderDied && refusal != .timedOut, "\(name), byte \(index)")
        }
        #expect(pool.counters.restarts == 0)
    }
}
