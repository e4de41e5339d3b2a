import Bytes

/// The way from a transaction and its result to their block.
extension EVMReceipt {
    /// Checks that the header is the block's, and that both stand at their place under its roots. What the transaction
    /// says is not looked at here: that needs the checkpoint.
    ///
    /// - Throws: ``EVMError`` with `.malformedReceipt`, `.blockDoesNotFit` or `.invalidProof`, or as the header's and the
    ///   tries' readers do.
    func proveBlock(header text: String) throws(EVMError) {
        guard let bytes = HexText.bytes(text), let hash = HexText.bytes(block.hash),
            let raw = HexText.bytes(transaction.bytes), let told = HexText.bytes(receipt.bytes)
        else { throw EVMError(.malformedReceipt, "The header, a digest or bytes in it do not read.") }
        let header = try BlockHeader(bytes)
        guard header.hash.bytes == hash, header.number == block.number,
            Int64(exactly: header.seconds) == block.seconds
        else { throw EVMError(.blockDoesNotFit, "The header does not fit the block's hash, number or time.") }
        guard try Self.nodes(transaction).value(at: transactionIndex, root: header.transactionsRoot) == raw,
            try Self.nodes(receipt).value(at: transactionIndex, root: header.receiptsRoot) == told
        else { throw EVMError(.invalidProof, "At that place of the block stands something else.") }
    }

    private static func nodes(_ proven: Proven) throws(EVMError) -> TrieProof {
        guard proven.proof.count <= TrieProof.nodeLimit else {
            throw EVMError(.invalidProof, "The trie proof has more than \(TrieProof.nodeLimit) nodes.")
        }
        let nodes = proven.proof.compactMap { HexText.bytes($0) }
        guard nodes.count == proven.proof.count else {
            throw EVMError(.malformedReceipt, "A node of a trie proof does not read.")
        }
        return TrieProof(nodes: nodes)
    }
}
