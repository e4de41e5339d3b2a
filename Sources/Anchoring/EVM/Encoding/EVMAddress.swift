import Bytes
public import Secp256k1

/// An account or a contract: 20 bytes.
public struct EVMAddress: Sendable, Hashable, CustomStringConvertible {
    public static let byteCount = 20

    public let bytes: [UInt8]

    public init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = Array(bytes)
    }

    /// `0x` and 40 hexadecimal digits in any case: nodes differ in it. A mixed case that is not EIP-55's is taken too.
    public init?(_ text: String) {
        guard let bytes = HexText.bytes(text) else { return nil }
        self.init(bytes)
    }

    /// The account of a key: the end of Keccak-256 over its coordinates.
    public init(_ key: Secp256k1PublicKey) {
        bytes = Array(Keccak256.digest(of: key.coordinates).bytes.suffix(Self.byteCount))
    }

    /// Where a contract stands that `creator` makes by its transaction with this nonce.
    public init(createdBy creator: EVMAddress, nonce: UInt64) {
        let content = RLP.list([.bytes(creator.bytes), .number(nonce)]).encoded()
        bytes = Array(Keccak256.digest(of: content).bytes.suffix(Self.byteCount))
    }

    /// As EIP-55 spells it, with a checksum in the case of its letters.
    public var description: String {
        let hex = Hex.encode(bytes)
        let digest = Hex.encode(Keccak256.digest(of: Array(hex.utf8)).bytes)
        return "0x" + zip(hex, digest).map { $1 >= "8" ? $0.uppercased() : String($0) }.joined()
    }

    /// In lower case: as receipts hold it.
    public var hex: String { "0x" + Hex.encode(bytes) }
}
