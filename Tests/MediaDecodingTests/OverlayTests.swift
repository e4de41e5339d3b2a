import Fingerprints
import Foundation
import Testing

@testable import MediaDecoding

/// Drawings of matches, made by a real decoder process. One after the other: each keeps a core busy.
@Suite(.serialized) struct OverlayTests {
    private static let side = 320
    private static let whole = [(0.0, 0.0), (1, 0), (1, 1), (0, 1)].map { OverlayRequest.Point($0.0, $0.1) }
    private static let identity: [Double] = [1, 0, 0, 0, 1, 0, 0, 0, 1]

    /// Detail at several scales; with `patch`, a dark square at a place of its own.
    private static func plane(_ size: Int = side, patch: (x: Int, y: Int, side: Int)? = nil) throws -> LumaPlane {
        var pixels: [UInt8] = []
        for y in 0..<size {
            for x in 0..<size {
                let isPatch = patch.map { ($0.x..<$0.x + $0.side).contains(x) && ($0.y..<$0.y + $0.side).contains(y) }
                let grain = (x / 16 &* 37 &+ y / 16 &* 91) % 97 + (x / 4 &* 13 &+ y / 4 &* 7) % 23
                pixels.append(isPatch == true ? 10 : UInt8(100 + grain))
            }
        }
        return try LumaPlane(width: size, height: size, pixels: pixels)
    }

    private static func request(_ query: LumaPlane, _ registered: OverlayRequest.Picture) -> OverlayRequest {
        OverlayRequest(
            query: .file(CraftedPNG.bytes(query)),
            registered: registered,
            transform: identity,
            queryRegion: whole,
            registeredRegion: whole,
            caption: "a caption",
            widthPixels: 640
        )
    }

    private static func drawn(_ request: OverlayRequest) async throws -> DecodedPicture {
        let png = try await OverlayMaker().png(of: request)
        let picture = try await PoolFixture.picture(png)
        #expect(picture.mediaType == "image/png")
        return picture
    }

    @Test func drawsAsWideAsAsked() async throws {
        let plane = try Self.plane()
        var request = Self.request(plane, .file(CraftedPNG.bytes(plane)))
        for width in [640, 1000] {
            request.widthPixels = width
            let picture = try await Self.drawn(request)
            #expect(picture.width == width)
            #expect(picture.height > width / 2 && picture.height < width * 2)
        }
    }

    /// Where a patch covers the picture looked for, the drawing shows it, tinted; elsewhere nothing changes.
    @Test func whatDiffersIsTintedAndNothingElse() async throws {
        let plain = try Self.plane()
        let patched = try Self.plane(patch: (96, 128, 64))
        let registered = OverlayRequest.Picture.file(CraftedPNG.bytes(plain))
        let same = try await Self.drawn(Self.request(plain, registered)).luma
        let other = try await Self.drawn(Self.request(patched, registered)).luma
        try #require(same.width == other.width && same.height == other.height)
        var columns: [Int] = []
        var rows: [Int] = []
        for place in same.pixels.indices where abs(Int(same.pixels[place]) - Int(other.pixels[place])) > 12 {
            columns.append(place % same.width)
            rows.append(place / same.width)
        }
        // The patch is a fifth of a side wide, twice on the left, and its outline on the right; and the legend's digits.
        #expect(columns.count > 2000)
        #expect(columns.count < same.pixels.count / 6)
        // On the right, above, stands the registered picture as it is: nothing of it changed.
        let right = zip(columns, rows).filter { $0.0 > same.width / 2 + 8 && $0.1 < same.height / 3 }
        #expect(right.isEmpty)
        // On the right, below, the outline of what differs.
        #expect(zip(columns, rows).contains { $0.0 > same.width / 2 && $0.1 > same.height / 2 })
    }

    /// A picture that was made darker and flatter all over differs nowhere.
    @Test func tonesAreNoDifference() async throws {
        let plain = try Self.plane()
        let darker = try LumaPlane(
            width: Self.side,
            height: Self.side,
            pixels: plain.pixels.map { UInt8(20 + Int($0) * 6 / 10) }
        )
        let registered = OverlayRequest.Picture.file(CraftedPNG.bytes(plain))
        let same = try await Self.drawn(Self.request(plain, registered)).luma
        let toned = try await Self.drawn(Self.request(darker, registered)).luma
        try #require(same.width == toned.width && same.height == toned.height)
        // The right half: the registered picture, without any outline of differences, and without a changed legend.
        for y in 0..<same.height * 9 / 10 {
            for x in same.width / 2 + 8..<same.width {
                let place = y * same.width + x
                #expect(same.pixels[place] == toned.pixels[place], "\(x), \(y)")
            }
        }
    }

    /// A mirrored crop is laid on its place: there is no difference to be seen.
    @Test func aMirroredCropIsLaidOnItsPlace() async throws {
        let plain = try Self.plane(patch: (200, 60, 40))
        // Columns 160 to 319 of rows 0 to 159, mirrored.
        var pixels: [UInt8] = []
        for y in 0..<160 { for x in 0..<160 { pixels.append(plain.pixels[y * Self.side + 319 - x]) } }
        let crop = try LumaPlane(width: 160, height: 160, pixels: pixels)
        let quarter = [(0.5, 0.0), (1, 0), (1, 0.5), (0.5, 0.5)].map { OverlayRequest.Point($0.0, $0.1) }
        var request = Self.request(crop, .file(CraftedPNG.bytes(plain)))
        request.transform = [-0.5, 0, 1, 0, 0.5, 0, 0, 0, 1]
        request.registeredRegion = quarter
        let right = try await Self.drawn(request)
        request.transform = [0.5, 0, 0.5, 0, 0.5, 0, 0, 0, 1]
        let wrong = try await Self.drawn(request)
        request.query = .file(CraftedPNG.bytes(try Self.mirrored(crop)))
        let straight = try await Self.drawn(request)
        func lower(_ picture: DecodedPicture) -> [UInt8] {
            let luma = picture.luma
            return (luma.height / 2..<luma.height * 9 / 10).flatMap { y in
                luma.pixels[y * luma.width + luma.width / 2..<(y + 1) * luma.width]
            }
        }
        #expect(zip(lower(right), lower(straight)).allSatisfy { $0 == $1 })
        // Without the mirroring much differs, and the registered side shows outlines of it.
        #expect(zip(lower(right), lower(wrong)).count { $0 != $1 } > 500)
    }

    private static func mirrored(_ plane: LumaPlane) throws -> LumaPlane {
        let pixels = (0..<plane.height).flatMap { y in
            plane.pixels[y * plane.width..<(y + 1) * plane.width].reversed()
        }
        return try LumaPlane(width: plane.width, height: plane.height, pixels: pixels)
    }

    @Test func aSketchStandsForAFileThatIsNotKept() async throws {
        let plane = try Self.plane()
        let picture = try await Self.drawn(Self.request(plane, .sketch(Self.plane(96))))
        #expect(picture.width == 640)
    }

    @Test func whatDoesNotDecodeIsRefused() async throws {
        let plane = try Self.plane()
        let good = CraftedPNG.bytes(plane)
        let maker = try OverlayMaker(limits: DecodeLimits(pixels: 1_000_000))
        let cases: [([UInt8], MediaError.Code)] = [
            (Array(good.dropLast(2000)), .malformed), (Array("no picture".utf8), .unsupportedFormat),
            (CraftedPNG.bytes(width: 20_000, height: 20_000), .tooManyPixels), ([], .unsupportedFormat),
        ]
        for (bytes, code) in cases {
            var request = Self.request(plane, .file(bytes))
            await #expect(throws: MediaError(code, "")) { try await maker.png(of: request) }
            request = Self.request(plane, .file(good))
            request.query = .file(bytes)
            await #expect(throws: MediaError(code, "")) { try await maker.png(of: request) }
        }
        var flat = Self.request(plane, .file(good))
        flat.transform = [Double](repeating: 0, count: 9)
        await #expect(throws: MediaError(.malformed, "")) { try await maker.png(of: flat) }
        flat.transform = [.nan, 0, 0, 0, 1, 0, 0, 0, 1]
        await #expect(throws: MediaError(.decoderDied, "")) { try await maker.png(of: flat) }
    }

    /// Transforms and regions from anywhere draw something, or are refused; nothing hangs or dies.
    @Test(arguments: [
        [1e6, 0, 0, 0, 1e6, 0, 0, 0, 1], [1e-5, 0, 0, 0, 1e-5, 0, 0, 0, 1], [1, 0, 0, 0, 1, 0, 50, -50, 1],
        [0, 1, 0, 1, 0, 0, 0, 0, 1], [1, 0, 900, 0, 1, -900, 0, 0, 1], [-1, 0, 1, 0, 1, 0, 2, 0, -1],
    ])
    func strangeTransformsAreDrawn(_ transform: [Double]) async throws {
        let plane = try Self.plane(64)
        var request = Self.request(plane, .file(CraftedPNG.bytes(plane)))
        request.transform = transform
        request.queryRegion = [
            OverlayRequest.Point(-1e9, 3), OverlayRequest.Point(1e9, 7), OverlayRequest.Point(0, 1e9),
        ]
        #expect(try await Self.drawn(request).width == 640)
        request.registeredRegion = []
        #expect(try await Self.drawn(request).width == 640)
    }

    @Test func requestsReadAsWritten() throws {
        var request = Self.request(try Self.plane(16), .sketch(try Self.plane(9)))
        request.caption = "14 % agree"
        let bytes = request.bytes(pixelLimit: 77)
        let read = try #require(OverlayRequest.read(bytes + [0, 0, 0]))
        #expect(read.request == request && read.pixelLimit == 77)
        for count in stride(from: 0, to: bytes.count, by: 7) {
            #expect(OverlayRequest.read(Array(bytes.prefix(count))) == nil, "\(count)")
        }
        request.caption = "相同\n\u{1B}[31m"
        #expect(OverlayRequest.read(request.bytes(pixelLimit: 1))?.request.caption == "????[31m")
        for width in [0, 639, 1601, -1] {
            request.widthPixels = width
            #expect(OverlayRequest.read(request.bytes(pixelLimit: 1)) == nil)
        }
    }

    @Test func answersReadAsWritten() {
        let answers: [OverlayAnswer] = [
            .drawn(byteCount: 12345), .refused(.malformed, isQuery: true), .refused(.tooManyPixels, isQuery: false),
        ]
        for answer in answers {
            #expect(OverlayAnswer(answer.bytes) == answer)
            #expect(OverlayAnswer(Array(answer.bytes.dropLast())) == nil)
            for position in 0..<8 {
                var bytes = answer.bytes
                bytes[position] ^= 0x80
                #expect(OverlayAnswer(bytes) == nil, "\(position)")
            }
        }
    }
}
