import Bytes
import FoundationEssentials

/// What proves an anchor on a chain: the transaction and what it did, each with the way to the header of its block.
///
/// Kept as `<name>.evm.json`, format `evm-receipt-1`: JSON, bytes in hexadecimal with `0x`, keys sorted.
public struct EVMReceipt: Codable, Sendable, Equatable {
    public static let format = "evm-receipt-1"
    /// A header, two proofs and a small call have 10 kB as digits; a consortium's header some more.
    public static let byteLimit = 1 << 20

    public struct Block: Codable, Sendable, Equatable {
        public let hash: String
        /// RLP; absent where the chain's headers are not Ethereum's, so that the hash is only the node's word.
        public let header: String?
        public let number: UInt64
        /// By the chain's clock, since 1970.
        public let seconds: Int64
    }

    /// A transaction or a receipt at its place in the block.
    public struct Proven: Codable, Sendable, Equatable {
        public let bytes: String
        /// Nodes of the trie, root first; none without a header.
        public let proof: [String]
    }

    /// How sure the chain was when this was made, by its own rules.
    public struct Finality: Codable, Sendable, Equatable {
        /// Blocks from this one to the newest, both counted.
        public let confirmations: UInt64
        /// What the log's operator waited for.
        public let rule: String
    }

    public let cinnabar: String
    public let block: Block
    public let chainId: UInt64
    public let contract: String
    public let finality: Finality
    public let logId: String
    /// The log's first writer on the contract, whom its id binds.
    public let openedBy: String
    /// `self` when the log's operator runs the chain, else `other`.
    public let `operator`: String
    public let receipt: Proven
    public let transaction: Proven
    /// The transaction's place in the block.
    public let transactionIndex: UInt64

    static let selfOperator = "self"
    static let otherOperator = "other"

    /// - Throws: ``EVMError`` with code `.malformedReceipt` or `.tooLarge`.
    public init(_ bytes: [UInt8]) throws(EVMError) {
        guard bytes.count <= Self.byteLimit else {
            throw EVMError(.tooLarge, "A receipt of \(bytes.count) bytes is over the limit of \(Self.byteLimit).")
        }
        do {
            self = try JSONDecoder().decode(Self.self, from: Data(bytes))
        } catch {
            throw EVMError(.malformedReceipt, "The file is no \(Self.format).")
        }
        guard cinnabar == Self.format else {
            throw EVMError(.malformedReceipt, "The file is no \(Self.format).")
        }
    }

    init(
        block: Block,
        chainID: UInt64,
        contract: EVMAddress,
        finality: Finality,
        logID: Digest256,
        openedBy: EVMAddress,
        isSelfOperated: Bool,
        receipt: Proven,
        transaction: Proven,
        transactionIndex: UInt64
    ) {
        cinnabar = Self.format
        self.block = block
        chainId = chainID
        self.contract = contract.hex
        self.finality = finality
        logId = HexText.text(logID.bytes)
        self.openedBy = openedBy.hex
        `operator` = isSelfOperated ? Self.selfOperator : Self.otherOperator
        self.receipt = receipt
        self.transaction = transaction
        self.transactionIndex = transactionIndex
    }

    /// Two-space indent, sorted keys, one final newline.
    public func encoded() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(self)) + [UInt8(ascii: "\n")]
    }
}
