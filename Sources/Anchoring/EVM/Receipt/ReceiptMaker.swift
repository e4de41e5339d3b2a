import Bytes

/// Makes a receipt from a whole block, believing the node nothing that the block's hash can tell.
struct ReceiptMaker {
    let settings: EVMLedgerSettings
    let openedBy: EVMAddress
    let origin: String
    let confirmations: UInt64

    /// - Parameter index: The transaction's place in the block.
    /// - Throws: ``OutsiderError`` with code `.invalidAnswer` when the block does not fit its own hash or roots.
    func receipt(of raw: [UInt8], at index: Int, in block: NodeBlock, hash: Digest256, receipts: [NodeReceipt])
        throws -> EVMReceipt
    {
        guard block.transactions.indices.contains(index), receipts.indices.contains(index) else {
            throw OutsiderError(.invalidAnswer, "The node's block does not have the place that its receipt names.")
        }
        do {
            return try proven(raw, at: index, in: block, hash: hash, receipts: receipts)
        } catch {
            throw OutsiderError(
                .invalidAnswer,
                "What the node says of block \(HexText.text(hash.bytes)) is not so: \(error.message) Ask another node "
                    + "(url), or set proof to provider if this chain's headers are not Ethereum's."
            )
        }
    }

    private func proven(
        _ raw: [UInt8],
        at index: Int,
        in block: NodeBlock,
        hash: Digest256,
        receipts: [NodeReceipt]
    ) throws(EVMError) -> EVMReceipt {
        guard settings.proof == .header else {
            return try made(raw, [], try receipts[index].encoded(), [], index, block, hash, header: nil)
        }
        guard let bytes = block.header else {
            throw EVMError(.blockDoesNotFit, "Its header lacks fields that Ethereum's have.")
        }
        let header = try BlockHeader(bytes)
        guard header.hash == hash else {
            throw EVMError(.blockDoesNotFit, "Its header's digest is \(HexText.text(header.hash.bytes)).")
        }
        var values: [[UInt8]] = []
        for transaction in block.transactions { values.append(try transaction.encoded()) }
        let transactions = try IndexTrie(values)
        guard transactions.root == header.transactionsRoot, values[index] == raw else {
            throw EVMError(.blockDoesNotFit, "Its transactions do not lead to the header's root, or ours is not there.")
        }
        values = []
        for receipt in receipts { values.append(try receipt.encoded()) }
        let results = try IndexTrie(values)
        guard results.root == header.receiptsRoot else {
            throw EVMError(.blockDoesNotFit, "Its receipts do not lead to the header's root.")
        }
        return try made(
            raw,
            transactions.proof(for: index),
            values[index],
            results.proof(for: index),
            index,
            block,
            hash,
            header: bytes
        )
    }

    private func made(
        _ raw: [UInt8],
        _ rawProof: [[UInt8]],
        _ told: [UInt8],
        _ toldProof: [[UInt8]],
        _ index: Int,
        _ block: NodeBlock,
        _ hash: Digest256,
        header: [UInt8]?
    ) throws(EVMError) -> EVMReceipt {
        guard let number = block.number.value, let seconds = block.timestamp.value.flatMap({ Int64(exactly: $0) })
        else {
            throw EVMError(.malformedValue, "Its number or time is past 64 bits.")
        }
        return EVMReceipt(
            block: EVMReceipt.Block(
                hash: HexText.text(hash.bytes),
                header: header.map { HexText.text($0) },
                number: number,
                seconds: seconds
            ),
            chainID: settings.chainID,
            contract: settings.contract,
            finality: EVMReceipt.Finality(confirmations: confirmations, rule: settings.finality.description),
            logID: AnchorContract.logID(
                chainID: settings.chainID,
                contract: settings.contract,
                openedBy: openedBy,
                origin: origin
            ),
            openedBy: openedBy,
            isSelfOperated: settings.isSelfOperated,
            receipt: EVMReceipt.Proven(bytes: HexText.text(told), proof: toldProof.map { HexText.text($0) }),
            transaction: EVMReceipt.Proven(bytes: HexText.text(raw), proof: rawProof.map { HexText.text($0) }),
            transactionIndex: UInt64(index)
        )
    }
}
