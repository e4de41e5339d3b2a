import MediaDecoding
import Testing

struct DecoderMessageTests {
    private static let picture = DecoderMessage.picture(
        sequence: 7,
        DecoderMessage.Picture(
            path: .vips,
            width: 4000,
            height: 3000,
            planeWidth: 800,
            planeHeight: 600,
            frames: 2
        )
    )

    @Test(arguments: [
        picture, .hello(isFiltered: true), .hello(isFiltered: false), .refusal(sequence: 3, .malformed),
        .refusal(sequence: UInt64.max, .busy),
    ])
    func messagesComeBack(message: DecoderMessage) {
        #expect(message.bytes.count == DecoderMessage.byteCount)
        #expect(DecoderMessage(message.bytes) == message)
    }

    /// Magic number, version, kind, detail, the zero after it, and the top byte of a number that does not fit.
    @Test(arguments: [0, 3, 4, 5, 6, 7, 16])
    func aWrongByteIsNoMessage(index: Int) {
        var bytes = Self.picture.bytes
        bytes[index] ^= 0xFF
        #expect(DecoderMessage(bytes) == nil)
    }

    @Test func otherLengthsAreNoMessage() {
        #expect(DecoderMessage([]) == nil)
        #expect(DecoderMessage(Self.picture.bytes.dropLast()) == nil)
        #expect(DecoderMessage(Self.picture.bytes + [0]) == nil)
    }
}
