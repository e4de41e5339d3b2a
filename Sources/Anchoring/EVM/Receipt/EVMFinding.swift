import Bytes
import OpenSSL

/// What a receipt proves by itself, before anybody says which chain is the right one.
struct EVMFinding {
    let receipt: EVMReceipt
    let sender: EVMAddress
    let outcome: AnchorContract.Outcome
    /// As `AnchorTrust` names it.
    let block: AnchorTrust.Block
    let seconds: Int64
    /// Whether the way leads to a header that fits the block's hash.
    let hasHeader: Bool

    /// Blocks' times that can be written as a date, in seconds since 1970.
    private static let times: ClosedRange<Int64> = 0...253_402_300_799

    /// - Throws: ``EVMError``; its message says what does not fit.
    init(_ receipt: EVMReceipt, over checkpoint: OutgoingCheckpoint) throws(EVMError) {
        guard let contract = EVMAddress(receipt.contract), let openedBy = EVMAddress(receipt.openedBy),
            let logID = Self.digest(receipt.logId), let blockHash = Self.digest(receipt.block.hash),
            let raw = HexText.bytes(receipt.transaction.bytes), let told = HexText.bytes(receipt.receipt.bytes)
        else { throw EVMError(.malformedReceipt, "An address, a digest or bytes in it do not read.") }
        let transaction = try SignedTransaction(raw)
        guard transaction.chainID == receipt.chainId, transaction.to == contract else {
            throw EVMError(.malformedReceipt, "The transaction goes to another chain or contract.")
        }
        guard let anchor = AnchorContract.Anchor(callData: transaction.data), anchor.logID == logID else {
            throw EVMError(.malformedReceipt, "The transaction does not anchor this log.")
        }
        let expected = AnchorContract.logID(
            chainID: receipt.chainId,
            contract: contract,
            openedBy: openedBy,
            origin: checkpoint.origin
        )
        guard logID == expected else {
            throw EVMError(.malformedReceipt, "The log's id is not that of this chain, contract, writer and origin.")
        }
        guard anchor.noteHash == checkpoint.signedDigest, anchor.size == checkpoint.size, anchor.root == checkpoint.root
        else { throw EVMError(.malformedReceipt, "The transaction anchors another checkpoint.") }
        let result = try TransactionReceipt(told)
        guard result.succeeded else { throw EVMError(.malformedReceipt, "The transaction failed in its block.") }
        guard let outcome = AnchorContract.outcome(of: anchor, in: result, contract: contract) else {
            throw EVMError(.malformedReceipt, "What the contract told does not fit the call.")
        }
        guard Self.times.contains(receipt.block.seconds) else {
            throw EVMError(.malformedReceipt, "The block's time is before 1970 or after the year 9999.")
        }
        if let header = receipt.block.header {
            try Self.prove(receipt, header: header, hash: blockHash, raw: raw, told: told)
        }
        self.receipt = receipt
        self.outcome = outcome
        sender = transaction.sender
        block = AnchorTrust.Block(
            chain: "eip155:\(receipt.chainId)",
            height: receipt.block.number,
            hash: blockHash.hex
        )
        seconds = receipt.block.seconds
        hasHeader = receipt.block.header != nil
    }

    private static func prove(
        _ receipt: EVMReceipt,
        header: String,
        hash: Digest256,
        raw: [UInt8],
        told: [UInt8]
    ) throws(EVMError) {
        guard let bytes = HexText.bytes(header) else {
            throw EVMError(.malformedReceipt, "The header in it does not read.")
        }
        let header = try BlockHeader(bytes)
        guard header.hash == hash, header.number == receipt.block.number,
            Int64(exactly: header.seconds) == receipt.block.seconds
        else { throw EVMError(.blockDoesNotFit, "The header does not fit the block's hash, number or time.") }
        let place = receipt.transactionIndex
        guard try nodes(receipt.transaction).value(at: place, root: header.transactionsRoot) == raw,
            try nodes(receipt.receipt).value(at: place, root: header.receiptsRoot) == told
        else { throw EVMError(.invalidProof, "At that place of the block stands something else.") }
    }

    private static func nodes(_ proven: EVMReceipt.Proven) throws(EVMError) -> TrieProof {
        guard proven.proof.count <= TrieProof.nodeLimit else {
            throw EVMError(.invalidProof, "The trie proof has more than \(TrieProof.nodeLimit) nodes.")
        }
        let nodes = proven.proof.compactMap { HexText.bytes($0) }
        guard nodes.count == proven.proof.count else {
            throw EVMError(.malformedReceipt, "A node of a trie proof does not read.")
        }
        return TrieProof(nodes: nodes)
    }

    private static func digest(_ text: String) -> Digest256? { HexText.bytes(text).flatMap { Digest256($0) } }
}
