import Bytes

/// What a text is compared by: `text-minhash-1`.
///
/// The text's tokens (``TextTokens``) in runs of four are its shingles. Each shingle's 64-bit hash (FNV-1a over the
/// tokens' UTF-8, each followed by a zero byte, then the finaliser of MurmurHash3) goes through 128 permutations; of the
/// least value of each the low 16 bits are kept (b-bit MinHash: Li and König, 2010). The share of equal places
/// estimates how much of their shingles two texts have in common (Jaccard), with a standard error under 0.045.
public struct TextFingerprint: Sendable, Hashable {
    public static let algorithm = "text-minhash-1"
    public static let placeCount = 128
    public static let byteCount = placeCount * 2
    /// Tokens in a shingle: four characters of Chinese are two words, as a rule; four words of English a phrase.
    static let shingleTokens = 4
    /// Texts of fewer different shingles are too short to say that one was made from another.
    public static let indexedQualityMinimum = 50
    /// From this estimate on, a text is worth reporting: half of its phrases are the other's.
    public static let nearCopySimilarity = 0.5

    public let places: [UInt16]

    /// - Returns: The fingerprint, and its quality: how many different shingles there are, at most 100. `nil` for text
    ///   of fewer than four tokens.
    public static func fingerprint(of text: String) -> (fingerprint: TextFingerprint, quality: Int)? {
        let shingles = hashes(of: TextTokens.tokens(of: text))
        guard !shingles.isEmpty else { return nil }
        var least = [UInt64](repeating: .max, count: placeCount)
        for shingle in shingles {
            for place in least.indices {
                let value = mixed(shingle ^ permutations[place])
                if value < least[place] { least[place] = value }
            }
        }
        let places = least.map { UInt16(truncatingIfNeeded: $0) }
        return (TextFingerprint(places), min(100, shingles.count))
    }

    private init(_ places: [UInt16]) { self.places = places }

    /// - Returns: `nil` unless there are ``byteCount`` bytes.
    public init?(bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        places = stride(from: 0, to: bytes.count, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) }
    }

    /// The places, big-endian.
    public var bytes: [UInt8] { places.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] } }
    public var hex: String { Hex.encode(bytes) }

    /// The estimated share of shingles in common, 0 to 1.
    public func similarity(to other: Self) -> Double {
        let equal = zip(places, other.places).reduce(0) { $0 + ($1.0 == $1.1 ? 1 : 0) }
        return Double(equal) / Double(Self.placeCount)
    }

    /// Of every run of tokens, each value once.
    static func hashes(of tokens: [String]) -> Set<UInt64> {
        guard tokens.count >= shingleTokens else { return [] }
        var hashes: Set<UInt64> = []
        hashes.reserveCapacity(tokens.count)
        for start in 0...tokens.count - shingleTokens {
            var hash: UInt64 = 0xCBF2_9CE4_8422_2325
            for token in tokens[start..<start + shingleTokens] {
                for byte in token.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
                hash = hash &* 0x100_0000_01B3
            }
            hashes.insert(mixed(hash))
        }
        return hashes
    }

    /// MurmurHash3's 64-bit finaliser: a permutation of all values.
    private static func mixed(_ value: UInt64) -> UInt64 {
        var value = value
        value = (value ^ value >> 33) &* 0xFF51_AFD7_ED55_8CCD
        value = (value ^ value >> 33) &* 0xC4CE_B9FE_1A85_EC53
        return value ^ value >> 33
    }

    /// SplitMix64 from 1: what each permutation begins with.
    private static let permutations: [UInt64] = {
        var state: UInt64 = 1
        return (0..<placeCount).map { _ in
            state &+= 0x9E37_79B9_7F4A_7C15
            var value = state
            value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
            value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
            return value ^ value >> 31
        }
    }()
}
