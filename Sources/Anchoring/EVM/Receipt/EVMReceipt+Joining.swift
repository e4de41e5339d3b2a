import Bytes

/// What two receipts of one name have in common.
extension EVMReceipt {
    /// Whether both tell of the same transaction, of what it did, and of its place: all but the proofs and the finality.
    func says(sameAs other: Self) -> Bool {
        cinnabar == other.cinnabar && chainId == other.chainId && contract == other.contract && logId == other.logId
            && openedBy == other.openedBy && `operator` == other.operator
            && transactionIndex == other.transactionIndex && transaction.bytes == other.transaction.bytes
            && receipt.bytes == other.receipt.bytes && block.hash == other.block.hash
            && block.number == other.block.number && block.seconds == other.block.seconds
    }

    func hasSameProof(as other: Self) -> Bool {
        block.header == other.block.header && transaction.proof == other.transaction.proof
            && receipt.proof == other.receipt.proof
    }

    /// Whether the block is only the word of the operator's node.
    var isWord: Bool { block.header == nil && transaction.proof.isEmpty && receipt.proof.isEmpty }

    /// Whether the header fits the block, and both proofs lead to it, as ``EVMFinding`` demands of a receipt that has
    /// one. What the transaction says is not looked at here: that needs the checkpoint.
    var isProven: Bool {
        guard let bytes = block.header.flatMap({ HexText.bytes($0) }), let header = try? BlockHeader(bytes),
            HexText.bytes(block.hash) == header.hash.bytes, header.number == block.number,
            Int64(exactly: header.seconds) == block.seconds
        else { return false }
        return isProven(transaction, root: header.transactionsRoot) && isProven(receipt, root: header.receiptsRoot)
    }

    private func isProven(_ proven: Proven, root: Digest256) -> Bool {
        guard proven.proof.count <= TrieProof.nodeLimit, let value = HexText.bytes(proven.bytes) else { return false }
        let nodes = proven.proof.compactMap { HexText.bytes($0) }
        guard nodes.count == proven.proof.count,
            let found = try? TrieProof(nodes: nodes).value(at: transactionIndex, root: root)
        else { return false }
        return found == value
    }
}
