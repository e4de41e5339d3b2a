import Fingerprints
import Foundation
import MediaDecoding
import Testing

/// The bytes after the plane: what a child says, and what a taken-over child might say.
struct SketchAnswerTests {
    private static let both: DecodeWish = [.registration, .query]

    private static func features(_ count: Int, width: Int = 100, height: Int = 80) throws -> LocalFeatures {
        let feature = LocalFeature(x: 9, y: 7, level: 3, angle: 1, descriptor: SIMD4(1, 2, 3, 4))
        return try #require(
            LocalFeatures(frameWidth: width, frameHeight: height, features: Array(repeating: feature, count: count))
        )
    }

    private static func answer(_ count: Int = 3) throws -> SketchAnswer {
        let thumbnail = try Texture.flat(40, 30, 99)
        return SketchAnswer(
            sketch: PictureSketch(features: try features(count), thumbnail: thumbnail),
            readings: [try features(count), try features(count), try features(count)]
        )
    }

    @Test func answersComeBack() throws {
        let answer = try Self.answer()
        #expect(SketchAnswer(answer.bytes(for: Self.both), for: Self.both) == answer)
        #expect(SketchAnswer(answer.bytes(for: .plane), for: .plane) == SketchAnswer())
        let sketch = SketchAnswer(sketch: answer.sketch)
        #expect(SketchAnswer(answer.bytes(for: .registration), for: .registration) == sketch)
        #expect(SketchAnswer(SketchAnswer().bytes(for: .registration), for: .registration) == SketchAnswer())
    }

    @Test func theLongestFits() throws {
        let sketch = PictureSketch(features: try Self.features(380), thumbnail: try Texture.flat(96, 96, 0))
        let longest = SketchAnswer(sketch: sketch, readings: Array(repeating: try Self.features(1500), count: 3))
        #expect(longest.bytes(for: Self.both).count == DecodeWish.answerBytes)
    }

    @Test func cutOrLongerAnswersAreNone() throws {
        let bytes = try Self.answer().bytes(for: Self.both)
        for count in bytes.indices { #expect(SketchAnswer(Array(bytes.prefix(count)), for: Self.both) == nil) }
        #expect(SketchAnswer(bytes + [0], for: Self.both) == nil)
        #expect(SketchAnswer([0], for: .plane) == nil)
        #expect(SketchAnswer([0xFF, 0xFF, 0xFF, 0xFF], for: .registration) == nil)
    }

    @Test func readingsOfUnequalFramesOrTooManyFeaturesAreNone() throws {
        func read(_ readings: [LocalFeatures]) -> SketchAnswer? {
            SketchAnswer(SketchAnswer(readings: readings).bytes(for: .query), for: .query)
        }
        let plain = try Self.features(3)
        #expect(read([plain, plain, plain]) != nil)
        #expect(try read([plain, Self.features(3, width: 101), plain]) == nil)
        #expect(try read([plain, plain, Self.features(3, height: 81)]) == nil)
        #expect(try read([plain, plain, Self.features(QuerySketch.featureLimit + 1)]) == nil)
        #expect(read([plain, plain]) == nil)
        #expect(read([plain, plain, plain, plain]) == nil)
    }

    /// A decoder that answers whatever picture with the bytes it was made with.
    private static func refusal(
        saying count: Int?,
        _ made: [UInt8],
        wanting wish: DecodeWish
    ) async throws -> MediaError.Code? {
        var facts = DecoderMessage.Picture(path: .vips, width: 6, height: 5, planeWidth: 6, planeHeight: 5, frames: 1)
        facts.answerBytes = count ?? made.count
        let plane = [UInt8](repeating: 7, count: 30)
        let script = """
            #!/bin/sh
            printf '\(octal(DecoderMessage.hello(isFiltered: true).bytes))' >&0
            head -c 64 <&0 >/dev/null
            printf '\(octal(plane + made))' | dd of=/proc/self/fd/3 conv=notrunc status=none
            printf '\(octal(DecoderMessage.picture(sequence: 1, facts).bytes))' >&0
            cat <&0 >/dev/null
            """
        let program = FileManager.default.temporaryDirectory.appending(path: "decoder-\(UUID().uuidString).sh")
        try Data(script.utf8).write(to: program)
        defer { try? FileManager.default.removeItem(at: program) }
        let path = program.path(percentEncoded: false)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        let pool = try DecoderPool(executable: path, children: 1)
        do {
            _ = try await pool.picture(from: CraftedPNG.bytes(width: 6, height: 5), wanting: wish)
            return nil
        } catch {
            return error.code
        }
    }

    private static func octal(_ bytes: [UInt8]) -> String {
        bytes.map { "\\" + String(repeating: "0", count: $0 < 8 ? 2 : $0 < 64 ? 1 : 0) + String($0, radix: 8) }.joined()
    }

    @Test func aHostileChildIsNotBelieved() async throws {
        let good = try Self.answer()
        let bytes = good.bytes(for: Self.both)
        #expect(try await Self.refusal(saying: nil, bytes, wanting: Self.both) == nil)
        // What was not wanted, less than was wanted, or another length than is there.
        #expect(try await Self.refusal(saying: nil, bytes, wanting: .plane) == .decoderDied)
        #expect(try await Self.refusal(saying: nil, bytes, wanting: .query) == .decoderDied)
        #expect(try await Self.refusal(saying: 0, bytes, wanting: .registration) == .decoderDied)
        for count in [bytes.count - 1, bytes.count + 1, DecodeWish.answerBytes + 1, Int.max] {
            #expect(try await Self.refusal(saying: count, bytes, wanting: Self.both) == .decoderDied, "\(count)")
        }
        let many = try Self.answer(PictureSketch.featureLimit + 1).bytes(for: .registration)
        #expect(try await Self.refusal(saying: nil, many, wanting: .registration) == .decoderDied)
    }
}
