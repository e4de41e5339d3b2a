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
        if let header = receipt.block.header { try receipt.proveBlock(header: header) }
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

    private static func digest(_ text: String) -> Digest256? { HexText.bytes(text).flatMap { Digest256($0) } }
}
