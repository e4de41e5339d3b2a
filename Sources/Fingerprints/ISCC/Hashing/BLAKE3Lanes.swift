/// Four chunks of BLAKE3 side by side: every word of the state is a vector with one lane for each chunk.
enum BLAKE3Lanes {
    private typealias Lane = SIMD4<UInt32>

    /// The chaining values of the four whole chunks from `position` on.
    static func values(ofChunksIn bytes: RawSpan, at position: Int, counter: UInt64) -> [SIMD8<UInt32>] {
        precondition(position >= 0 && position + 4 * BLAKE3Block.chunkBytes <= bytes.byteCount)
        let counters = SIMD4<UInt64>(repeating: counter) &+ SIMD4(0, 1, 2, 3)
        let low = Lane(truncatingIfNeeded: counters)
        let high = Lane(truncatingIfNeeded: counters &>> 32)
        var state = State(BLAKE3Block.start)
        for block in 0..<BLAKE3Block.chunkBytes / BLAKE3Block.blockBytes {
            var flags: UInt32 = 0
            if block == 0 { flags |= BLAKE3Block.chunkStart }
            if block == BLAKE3Block.chunkBytes / BLAKE3Block.blockBytes - 1 { flags |= BLAKE3Block.chunkEnd }
            let message = Message(bytes, at: position + block * BLAKE3Block.blockBytes)
            state.compress(message, low, high, flags: flags)
        }
        return (0..<4).map { state.value(ofLane: $0) }
    }

    /// Sixteen words of each of four blocks.
    private struct Message {
        var m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15: Lane

        init(_ bytes: RawSpan, at position: Int) {
            (m0, m1, m2, m3) = Self.words(bytes, position)
            (m4, m5, m6, m7) = Self.words(bytes, position + 16)
            (m8, m9, m10, m11) = Self.words(bytes, position + 32)
            (m12, m13, m14, m15) = Self.words(bytes, position + 48)
        }

        /// The order of the next round.
        @inline(__always)
        mutating func permute() {
            (m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15) =
                (m2, m6, m3, m10, m7, m0, m4, m13, m1, m11, m12, m5, m9, m14, m15, m8)
        }

        /// Four words of each chunk, turned so that equal words lie together.
        @inline(__always)
        private static func words(_ bytes: RawSpan, _ position: Int) -> (Lane, Lane, Lane, Lane) {
            let a = row(bytes, position)
            let b = row(bytes, position + BLAKE3Block.chunkBytes)
            let c = row(bytes, position + 2 * BLAKE3Block.chunkBytes)
            let d = row(bytes, position + 3 * BLAKE3Block.chunkBytes)
            return (
                Lane(a[0], b[0], c[0], d[0]), Lane(a[1], b[1], c[1], d[1]),
                Lane(a[2], b[2], c[2], d[2]), Lane(a[3], b[3], c[3], d[3])
            )
        }

        @inline(__always)
        private static func row(_ bytes: RawSpan, _ position: Int) -> Lane {
            // Safe: the caller checked that four whole chunks lie there.
            let row = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: position, as: Lane.self)
            #if _endian(little)
                return row
            #else
                return Lane(row[0].byteSwapped, row[1].byteSwapped, row[2].byteSwapped, row[3].byteSwapped)
            #endif
        }
    }

    /// The chaining value of each chunk.
    private struct State {
        private var h0, h1, h2, h3, h4, h5, h6, h7: Lane

        init(_ start: SIMD8<UInt32>) {
            h0 = Lane(repeating: start[0])
            h1 = Lane(repeating: start[1])
            h2 = Lane(repeating: start[2])
            h3 = Lane(repeating: start[3])
            h4 = Lane(repeating: start[4])
            h5 = Lane(repeating: start[5])
            h6 = Lane(repeating: start[6])
            h7 = Lane(repeating: start[7])
        }

        func value(ofLane lane: Int) -> SIMD8<UInt32> {
            [h0[lane], h1[lane], h2[lane], h3[lane], h4[lane], h5[lane], h6[lane], h7[lane]]
        }

        mutating func compress(_ message: Message, _ low: Lane, _ high: Lane, flags: UInt32) {
            let start = BLAKE3Block.start
            var v8 = Lane(repeating: start[0])
            var v9 = Lane(repeating: start[1])
            var v10 = Lane(repeating: start[2])
            var v11 = Lane(repeating: start[3])
            var v12 = low
            var v13 = high
            var v14 = Lane(repeating: UInt32(BLAKE3Block.blockBytes))
            var v15 = Lane(repeating: flags)
            var m = message
            for round in 0..<7 {
                mix(&h0, &h4, &v8, &v12, m.m0, m.m1)
                mix(&h1, &h5, &v9, &v13, m.m2, m.m3)
                mix(&h2, &h6, &v10, &v14, m.m4, m.m5)
                mix(&h3, &h7, &v11, &v15, m.m6, m.m7)
                mix(&h0, &h5, &v10, &v15, m.m8, m.m9)
                mix(&h1, &h6, &v11, &v12, m.m10, m.m11)
                mix(&h2, &h7, &v8, &v13, m.m12, m.m13)
                mix(&h3, &h4, &v9, &v14, m.m14, m.m15)
                if round < 6 { m.permute() }
            }
            h0 ^= v8
            h1 ^= v9
            h2 ^= v10
            h3 ^= v11
            h4 ^= v12
            h5 ^= v13
            h6 ^= v14
            h7 ^= v15
        }
    }

    @inline(__always)
    private static func mix(
        _ a: inout Lane,
        _ b: inout Lane,
        _ c: inout Lane,
        _ d: inout Lane,
        _ first: Lane,
        _ second: Lane
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
}
