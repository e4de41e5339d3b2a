/// How one chain is reached and what is waited for there.
public struct EVMLedgerSettings: Sendable, Equatable {
    public enum TransactionType: String, Sendable, CaseIterable {
        /// Type 0 with the chain id in its signature (EIP-155): every chain takes it.
        case legacy
        /// Type 2: chains with a base fee.
        case eip1559
    }

    /// When a block counts as one that stays.
    public enum Finality: Sendable, Equatable, CustomStringConvertible {
        /// The chain's nodes say it by the tag `finalized`.
        case finalized
        /// So many blocks are there from it to the newest, both counted.
        case depth(UInt64)
        /// Blocks are never taken back: consensus with immediate finality, or one node alone.
        case instant

        public var description: String {
            switch self {
            case .finalized: "finalized"
            case .depth(let blocks): "depth \(blocks)"
            case .instant: "instant"
            }
        }
    }

    /// What the receipt holds of the block.
    public enum Proof: String, Sendable, CaseIterable {
        /// The header and both tries' proofs, rebuilt and compared.
        case header
        /// Nothing: chains whose headers are not Ethereum's (FISCO BCOS, Conflux, hashes of IBFT and QBFT).
        case provider
    }

    public static let defaultPauseSeconds = 5
    /// Ten blocks of Ethereum and some: past that a fee is too low rather than a block late.
    public static let defaultStuckSeconds = 180

    public let name: String
    public let url: String
    public let chainID: UInt64
    public let contract: EVMAddress
    /// The log's first writer on the contract; `nil` when it is our own key.
    public let openedBy: EVMAddress?
    public let transactionType: TransactionType
    /// The most that we pay, in wei for each unit of gas.
    public let feeCeilingWei: UInt64
    public let finality: Finality
    public let proof: Proof
    public let isSelfOperated: Bool
    /// Between two questions about one transaction.
    public let pauseSeconds: Int
    /// After so long in no block a transaction is replaced by one with a higher fee.
    public let stuckSeconds: Int

    public init(
        name: String,
        url: String,
        chainID: UInt64,
        contract: EVMAddress,
        openedBy: EVMAddress? = nil,
        transactionType: TransactionType = .eip1559,
        feeCeilingWei: UInt64,
        finality: Finality = .finalized,
        proof: Proof = .header,
        isSelfOperated: Bool = false,
        pauseSeconds: Int = defaultPauseSeconds,
        stuckSeconds: Int = defaultStuckSeconds
    ) {
        self.name = name
        self.url = url
        self.chainID = chainID
        self.contract = contract
        self.openedBy = openedBy
        self.transactionType = transactionType
        self.feeCeilingWei = feeCeilingWei
        self.finality = finality
        self.proof = proof
        self.isSelfOperated = isSelfOperated
        self.pauseSeconds = pauseSeconds
        self.stuckSeconds = stuckSeconds
    }
}
