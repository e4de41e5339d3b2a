/// xxHash with 32 bits and seed 0: fast, and no more than a way to tell pieces apart.
///
/// Ours, because it is shorter than a package is to keep; the vectors are the reference's.
///
/// Source: the xxHash specification, `xxhash_spec.md`.
enum XXH32 {
    static func hash(_ bytes: [UInt8]) -> UInt32 { hash(bytes.span) }

    static func hash(_ bytes: Span<UInt8>) -> UInt32 {
        // Safe: `raw` is read only while `bytes` lives.
        let raw = unsafe bytes.bytes
        let count = raw.byteCount
        var position = 0
        var hash: UInt32
        if count >= 16 {
            var lanes = SIMD4<UInt32>(prime1 &+ prime2, prime2, 0, 0 &- prime1)
            while position + 16 <= count {
                // Safe: the sixteen bytes end at or before `count`.
                let words = unsafe raw.unsafeLoadUnaligned(fromByteOffset: position, as: SIMD4<UInt32>.self)
                lanes = lanes &+ littleEndian(words) &* SIMD4(repeating: prime2)
                lanes = (lanes &<< 13 | lanes &>> 19) &* SIMD4(repeating: prime1)
                position += 16
            }
            let turned = lanes &<< SIMD4(1, 7, 12, 18) | lanes &>> SIMD4(31, 25, 20, 14)
            hash = turned.wrappedSum()
        } else {
            hash = prime5
        }
        hash &+= UInt32(truncatingIfNeeded: count)
        while position + 4 <= count {
            // Safe: the four bytes end at or before `count`.
            let word = unsafe UInt32(littleEndian: raw.unsafeLoadUnaligned(fromByteOffset: position, as: UInt32.self))
            hash = (hash &+ word &* prime3).turned(17) &* prime4
            position += 4
        }
        while position < count {
            hash = (hash &+ UInt32(bytes[position]) &* prime5).turned(11) &* prime1
            position += 1
        }
        hash = (hash ^ hash >> 15) &* prime2
        hash = (hash ^ hash >> 13) &* prime3
        return hash ^ hash >> 16
    }

    private static func littleEndian(_ words: SIMD4<UInt32>) -> SIMD4<UInt32> {
        #if _endian(little)
            words
        #else
            SIMD4(words[0].byteSwapped, words[1].byteSwapped, words[2].byteSwapped, words[3].byteSwapped)
        #endif
    }

    private static let prime1: UInt32 = 0x9E37_79B1
    private static let prime2: UInt32 = 0x85EB_CA77
    private static let prime3: UInt32 = 0xC2B2_AE3D
    private static let prime4: UInt32 = 0x27D4_EB2F
    private static let prime5: UInt32 = 0x1656_67B1
}

extension UInt32 {
    fileprivate func turned(_ bits: UInt32) -> UInt32 { self &<< bits | self &>> (32 &- bits) }
}
