public import Bytes

/// The header of a block, as far as anchors need it.
public struct BlockHeader: Sendable, Hashable {
    /// Fields of the first version; later ones are appended.
    private static let fewestFields = 15
    /// Room for the forks to come.
    private static let mostFields = 32
    /// A header has 600 bytes, and a consortium's 20 signatures in it 2 kB.
    public static let byteLimit = 64 << 10

    public let bytes: [UInt8]
    public let transactionsRoot: Digest256
    public let receiptsRoot: Digest256
    public let number: UInt64
    /// By the chain's clock, in seconds since 1970.
    public let seconds: UInt64

    /// By which the chain names the block.
    public var hash: Digest256 { Keccak256.digest(of: bytes) }

    /// - Throws: ``EVMError`` with code `.malformedRLP`, `.tooLarge`, or `.malformedValue` for other fields.
    public init(_ bytes: [UInt8]) throws(EVMError) {
        guard bytes.count <= Self.byteLimit else { throw EVMError(.tooLarge, "A header has \(bytes.count) bytes.") }
        guard let fields = try RLP(bytes).list, (Self.fewestFields...Self.mostFields).contains(fields.count),
            let transactionsRoot = fields[4].bytes.flatMap({ Digest256($0) }),
            let receiptsRoot = fields[5].bytes.flatMap({ Digest256($0) }),
            let number = fields[8].number, let seconds = fields[11].number
        else { throw EVMError(.malformedValue, "These bytes are no block header of Ethereum's form.") }
        self.bytes = bytes
        self.transactionsRoot = transactionsRoot
        self.receiptsRoot = receiptsRoot
        self.number = number
        self.seconds = seconds
    }
}
