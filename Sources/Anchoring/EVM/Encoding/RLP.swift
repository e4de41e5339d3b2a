/// Ethereum's recursive length prefix: byte strings and lists of them.
///
/// Source: Ethereum Yellow Paper, appendix B. Vectors: `Vectors/evm/rlp.json`.
public indirect enum RLP: Sendable, Hashable {
    case bytes([UInt8])
    case list([RLP])

    /// A number as its bytes without leading zeros: zero is no bytes at all.
    public static func number(_ value: UInt64) -> RLP {
        var bytes: [UInt8] = []
        for shift in stride(from: 56, through: 0, by: -8) {
            let byte = UInt8(truncatingIfNeeded: value >> UInt64(shift))
            if byte != 0 || !bytes.isEmpty { bytes.append(byte) }
        }
        return .bytes(bytes)
    }

    /// The only encoding.
    public func encoded() -> [UInt8] {
        switch self {
        case .bytes(let bytes):
            if bytes.count == 1, bytes[0] < RLPReader.shortString { return bytes }
            return Self.prefix(RLPReader.shortString, bytes.count) + bytes
        case .list(let items):
            let payload = items.flatMap { $0.encoded() }
            return Self.prefix(RLPReader.shortList, payload.count) + payload
        }
    }

    private static func prefix(_ base: UInt8, _ count: Int) -> [UInt8] {
        if count <= RLPReader.shortLimit { return [base + UInt8(count)] }
        guard case .bytes(let length) = number(UInt64(count)) else { return [] }
        return [base + UInt8(RLPReader.shortLimit + length.count)] + length
    }

    public var list: [RLP]? { if case .list(let items) = self { items } else { nil } }
    public var bytes: [UInt8]? { if case .bytes(let bytes) = self { bytes } else { nil } }

    /// A number of up to 64 bits in its only spelling; `nil` for leading zeros and anything longer.
    public var number: UInt64? {
        guard case .bytes(let bytes) = self, bytes.count <= 8, bytes.first != 0 else { return nil }
        return bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }
}
