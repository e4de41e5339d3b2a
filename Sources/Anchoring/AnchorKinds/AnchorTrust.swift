public import OpenSSL

/// Whom a checker believes about ledgers.
public struct AnchorTrust: Sendable {
    /// A block that the checker knows to be in its chain, from a node or an explorer of their own choice.
    public struct Block: Sendable, Hashable {
        /// `bitcoin`, or `eip155:` and the chain id (CAIP-2).
        public let chain: String
        public let height: UInt64
        /// As the chain's explorers show it, in lower-case hex without `0x`.
        public let hash: String

        public init(chain: String, height: UInt64, hash: String) {
            self.chain = chain
            self.height = height
            self.hash = hash
        }
    }

    public var blocks: Set<Block>
    /// Roots of the organizations whose peers endorse on a permissioned ledger.
    public var endorserRoots: [SigningCertificate]

    public init(blocks: Set<Block> = [], endorserRoots: [SigningCertificate] = []) {
        self.blocks = blocks
        self.endorserRoots = endorserRoots
    }

    /// What is known about a block: `nil` when nothing is known at its height.
    public func isKnown(_ block: Block) -> Bool? {
        if blocks.contains(block) { return true }
        return blocks.contains { $0.chain == block.chain && $0.height == block.height } ? false : nil
    }
}
