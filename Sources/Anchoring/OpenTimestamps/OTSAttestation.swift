/// Who vouches for a message, and where to look it up.
///
/// Source: python-opentimestamps, `opentimestamps.core.notary`.
public enum OTSAttestation: Sendable, Equatable {
    /// A calendar has it and has promised to commit to it.
    case pending(String)
    /// It is the Merkle root of the Bitcoin block of this height.
    case bitcoin(height: UInt64)
    /// The same of Litecoin: read, not verified.
    case litecoin(height: UInt64)
    /// A kind that this version does not know; its bytes are kept.
    case unknown(tag: [UInt8], payload: [UInt8])

    static let tagByteCount = 8
    /// `TimeAttestation.MAX_PAYLOAD_SIZE`
    static let payloadLimitBytes = 8192
    /// `PendingAttestation.MAX_URI_LENGTH`
    public static let addressLimitBytes = 1000

    static let pendingTag: [UInt8] = [0x83, 0xDF, 0xE3, 0x0D, 0x2E, 0xF9, 0x0C, 0x8E]
    static let bitcoinTag: [UInt8] = [0x05, 0x88, 0x96, 0x0D, 0x73, 0xD7, 0x19, 0x01]
    static let litecoinTag: [UInt8] = [0x06, 0x86, 0x9A, 0x0D, 0x73, 0xD7, 0x1B, 0x45]

    /// Whether a calendar's address may stand in a proof: letters, digits and `-._/:`, so nothing that asks for a
    /// password, a query or an escape.
    public static func isAddress(_ bytes: some Collection<UInt8>) -> Bool {
        bytes.count <= addressLimitBytes
            && bytes.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
                case UInt8(ascii: "-")...UInt8(ascii: ":"), UInt8(ascii: "_"): true  // - . / 0 to 9 :
                default: false
                }
            }
    }

    var tag: [UInt8] {
        switch self {
        case .pending: Self.pendingTag
        case .bitcoin: Self.bitcoinTag
        case .litecoin: Self.litecoinTag
        case .unknown(let tag, _): tag
        }
    }
}

extension OTSAttestation: Comparable {
    /// The order in which the stock library writes them: by tag, then by what stands in them.
    public static func < (left: Self, right: Self) -> Bool {
        switch (left, right) {
        case (.pending(let left), .pending(let right)): left.utf8.lexicographicallyPrecedes(right.utf8)
        case (.bitcoin(let left), .bitcoin(let right)): left < right
        case (.litecoin(let left), .litecoin(let right)): left < right
        case (.unknown(let leftTag, let left), .unknown(let rightTag, let right)):
            leftTag == rightTag
                ? left.lexicographicallyPrecedes(right) : leftTag.lexicographicallyPrecedes(rightTag)
        default: left.tag.lexicographicallyPrecedes(right.tag)
        }
    }
}
