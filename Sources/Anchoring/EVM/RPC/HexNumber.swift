import Bytes

/// A number as nodes write it: hexadecimal with `0x`, with leading zeros in some, and as a plain number in others.
struct HexNumber: Decodable, Sendable, Hashable {
    /// Big-endian without leading zeros: what RLP wants.
    let bytes: [UInt8]

    /// `nil` past 64 bits.
    var value: UInt64? { bytes.count <= 8 ? bytes.reduce(0) { $0 << 8 | UInt64($1) } : nil }

    init(from decoder: any Decoder) throws {
        let content = try decoder.singleValueContainer()
        if let number = try? content.decode(UInt64.self) {
            bytes = RLP.number(number).bytes ?? []
        } else if let bytes = HexText.number(try content.decode(String.self)) {
            self.bytes = bytes
        } else {
            throw DecodingError.dataCorruptedError(in: content, debugDescription: "not a hexadecimal number")
        }
    }
}

/// Bytes as nodes write them: hexadecimal with `0x`, in either case.
struct HexBytes: Decodable, Sendable, Hashable {
    let bytes: [UInt8]

    init(from decoder: any Decoder) throws {
        let content = try decoder.singleValueContainer()
        guard let bytes = HexText.bytes(try content.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: content, debugDescription: "not hexadecimal bytes")
        }
        self.bytes = bytes
    }
}
