/// One block of BLAKE3 with what it is hashed under: the last of a chunk, or a parent of two subtrees.
struct BLAKE3Block {
    private let chaining: SIMD8<UInt32>
    private let message: SIMD16<UInt32>
    private let counter: UInt64
    private let byteCount: UInt32
    private let flags: UInt32

    static let chunkBytes = 1024
    static let blockBytes = 64

    static let start: SIMD8<UInt32> = [
        0x6A09_E667, 0xBB67_AE85, 0x3C6E_F372, 0xA54F_F53A, 0x510E_527F, 0x9B05_688C, 0x1F83_D9AB, 0x5BE0_CD19,
    ]
    static let chunkStart: UInt32 = 1 << 0
    static let chunkEnd: UInt32 = 1 << 1
    private static let parent: UInt32 = 1 << 2
    private static let root: UInt32 = 1 << 3

    private init(
        chaining: SIMD8<UInt32>,
        message: SIMD16<UInt32>,
        counter: UInt64,
        byteCount: Int,
        flags: UInt32
    ) {
        self.chaining = chaining
        self.message = message
        self.counter = counter
        self.byteCount = UInt32(byteCount)
        self.flags = flags
    }

    init(parentOf left: SIMD8<UInt32>, _ right: SIMD8<UInt32>) {
        self.init(
            chaining: Self.start,
            message: SIMD16(lowHalf: left, highHalf: right),
            counter: 0,
            byteCount: Self.blockBytes,
            flags: Self.parent
        )
    }

    /// All blocks of a chunk but the last are hashed.
    ///
    /// - Parameter chunk: Up to ``chunkBytes``; none at all for an empty stream.
    static func lastBlock(ofChunk chunk: [UInt8], counter: UInt64) -> Self {
        var chaining = start
        var position = 0
        var flags = chunkStart
        while chunk.count - position > blockBytes {
            let block = chunk[position..<position + blockBytes]
            let message = Self.message(block)
            chaining =
                Self(chaining: chaining, message: message, counter: counter, byteCount: blockBytes, flags: flags)
                .value()
            flags = 0
            position += blockBytes
        }
        return Self(
            chaining: chaining,
            message: message(chunk[position...]),
            counter: counter,
            byteCount: chunk.count - position,
            flags: flags | chunkEnd
        )
    }

    /// The chaining value.
    func value() -> SIMD8<UInt32> { compressed(flags: flags) }

    /// The digest, if this is the top of the tree.
    var rootBytes: [UInt8] {
        let words = compressed(flags: flags | Self.root)
        return words.indices.flatMap { index in (0..<4).map { UInt8(truncatingIfNeeded: words[index] >> (8 * $0)) } }
    }

    private static func message(_ bytes: ArraySlice<UInt8>) -> SIMD16<UInt32> {
        var words = SIMD16<UInt32>.zero
        for (offset, byte) in bytes.enumerated() { words[offset / 4] |= UInt32(byte) << (8 * (offset % 4)) }
        return words
    }

    /// The state lies in four rows, so that one operation mixes four columns, then four diagonals.
    private func compressed(flags: UInt32) -> SIMD8<UInt32> {
        var a = chaining.lowHalf
        var b = chaining.highHalf
        var c = Self.start.lowHalf
        var d = SIMD4(UInt32(truncatingIfNeeded: counter), UInt32(truncatingIfNeeded: counter >> 32), byteCount, flags)
        var words = message
        for round in 0..<7 {
            Self.mix(&a, &b, &c, &d, words.lowHalf.evenHalf, words.lowHalf.oddHalf)
            b = SIMD4(b[1], b[2], b[3], b[0])
            c = SIMD4(c[2], c[3], c[0], c[1])
            d = SIMD4(d[3], d[0], d[1], d[2])
            Self.mix(&a, &b, &c, &d, words.highHalf.evenHalf, words.highHalf.oddHalf)
            b = SIMD4(b[3], b[0], b[1], b[2])
            c = SIMD4(c[2], c[3], c[0], c[1])
            d = SIMD4(d[1], d[2], d[3], d[0])
            if round < 6 { words = Self.permuted(words) }
        }
        return SIMD8(lowHalf: a ^ c, highHalf: b ^ d)
    }

    private static func mix(
        _ a: inout SIMD4<UInt32>,
        _ b: inout SIMD4<UInt32>,
        _ c: inout SIMD4<UInt32>,
        _ d: inout SIMD4<UInt32>,
        _ first: SIMD4<UInt32>,
        _ second: SIMD4<UInt32>
    ) {
        a = a &+ b &+ first
        d = (d ^ a).turned(16)
        c = c &+ d
        b = (b ^ c).turned(12)
        a = a &+ b &+ second
        d = (d ^ a).turned(8)
        c = c &+ d
        b = (b ^ c).turned(7)
    }

    private static func permuted(_ m: SIMD16<UInt32>) -> SIMD16<UInt32> {
        [m[2], m[6], m[3], m[10], m[7], m[0], m[4], m[13], m[1], m[11], m[12], m[5], m[9], m[14], m[15], m[8]]
    }
}

extension SIMD4<UInt32> {
    /// Every word turned right. Written as two shifts, the compiler knows it for a rotation, which x86-64 has for single
    /// words only, and takes the vector apart: a third of the speed.
    @inline(__always)
    func turned(_ bits: UInt32) -> Self {
        self &>> Self(repeating: bits) ^ self &* Self(repeating: 1 &<< (32 &- bits))
    }
}
