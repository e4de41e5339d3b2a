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

    /// Whether the way to the block holds, as ``EVMFinding`` demands of a receipt that has a header.
    var isProven: Bool {
        guard let header = block.header else { return false }
        do throws(EVMError) {
            try proveBlock(header: header)
            return true
        } catch {
            return false
        }
    }
}
