import Bytes

extension NodeClient {
    func chainID() async throws -> UInt64 { try await number("eth_chainId") }

    /// How many transactions an account has sent: the next one's nonce.
    func transactionCount(of account: EVMAddress, at tag: Tag) async throws -> UInt64 {
        try await number("eth_getTransactionCount", [.text(account.hex), .text(tag.rawValue)])
    }

    /// In wei, big-endian without leading zeros: past 64 bits on development chains.
    func balance(of account: EVMAddress) async throws -> [UInt8] {
        let balance: HexNumber = try await need("eth_getBalance", [.text(account.hex), .text(Tag.latest.rawValue)])
        return balance.bytes
    }

    func gasPrice() async throws -> UInt64 { try await number("eth_gasPrice") }

    /// What makers of blocks are offered; `nil` where the node does not say.
    func priorityFee() async throws -> UInt64? {
        do {
            return try await number("eth_maxPriorityFeePerGas")
        } catch is NodeRefusal {
            return nil
        }
    }

    /// - Returns: `nil` where the node has no block by this tag, or does not know the tag.
    func head(_ tag: Tag) async throws -> NodeHead? {
        do {
            return try await ask("eth_getBlockByNumber", [.text(tag.rawValue), .flag(false)])
        } catch let refusal as NodeRefusal {
            // Nodes refuse a tag that they do not know in many words: whatever they say, they do not give it.
            guard tag == .finalized else { throw refusal }
            return nil
        }
    }

    /// The block at a height in the chain that the node holds for the right one.
    func head(at number: UInt64) async throws -> NodeHead? {
        try await ask("eth_getBlockByNumber", [.text(HexText.text(number)), .flag(false)])
    }

    func block(hash: Digest256) async throws -> NodeBlock? {
        try await ask(
            "eth_getBlockByHash",
            [.text(HexText.text(hash.bytes)), .flag(true)],
            limitBytes: Self.blockLimitBytes
        )
    }

    /// - Returns: `nil` while the transaction is in no block.
    func receipt(of transaction: Digest256) async throws -> NodeReceipt? {
        let receipt: NodeReceipt? = try await ask("eth_getTransactionReceipt", [.text(HexText.text(transaction.bytes))])
        // Some give a receipt of what is still waiting, without a block.
        return receipt?.blockHash == nil ? nil : receipt
    }

    /// All receipts of a block, one by one where the node does not give them together.
    func receipts(of block: NodeBlock, hash: Digest256) async throws -> [NodeReceipt] {
        do {
            let together: [NodeReceipt]? = try await ask(
                "eth_getBlockReceipts",
                [.text(HexText.text(hash.bytes))],
                limitBytes: Self.blockLimitBytes
            )
            if let together, together.count == block.transactions.count { return together }
        } catch is NodeRefusal {
            // Asked one by one below.
        }
        var receipts: [NodeReceipt] = []
        for transaction in block.transactions {
            guard let digest = Digest256(transaction.hash.bytes), let receipt = try await receipt(of: digest) else {
                throw OutsiderError(.invalidAnswer, "The node has no receipt of a transaction in its own block.")
            }
            receipts.append(receipt)
        }
        return receipts
    }

    /// Whether the node has the transaction, in a block or waiting.
    func knows(_ transaction: Digest256) async throws -> Bool {
        struct Known: Decodable { let hash: HexBytes }
        let known: Known? = try await ask("eth_getTransactionByHash", [.text(HexText.text(transaction.bytes))])
        return known != nil
    }

    /// Sends the bytes; what the node calls them is not looked at, since their hash is known.
    func send(_ raw: [UInt8]) async throws {
        let _: String? = try await ask("eth_sendRawTransaction", [.text(HexText.text(raw))])
    }

    /// What a contract answers. A revert is a refusal, also where a node gives it as a result.
    func call(_ contract: EVMAddress, _ data: [UInt8], from sender: EVMAddress? = nil) async throws -> [UInt8] {
        let members = call(to: contract, data, from: sender)
        let answer: HexBytes = try await need("eth_call", [.members(members), .text(Tag.latest.rawValue)])
        if answer.bytes.count % Digest256.byteCount == 4, answer.bytes.starts(with: AnchorContract.errorSelector) {
            throw NodeRefusal(message: "execution reverted", data: nil)
        }
        return answer.bytes
    }

    func estimatedGas(to contract: EVMAddress?, _ data: [UInt8], from sender: EVMAddress) async throws -> UInt64 {
        try await number("eth_estimateGas", [.members(call(to: contract, data, from: sender))])
    }

    func hasCode(_ contract: EVMAddress) async throws -> Bool {
        let code: HexBytes = try await need("eth_getCode", [.text(contract.hex), .text(Tag.latest.rawValue)])
        return !code.bytes.isEmpty
    }

    private func call(to contract: EVMAddress?, _ data: [UInt8], from sender: EVMAddress?) -> [String: String] {
        var members = ["data": HexText.text(data)]
        if let contract { members["to"] = contract.hex }
        if let sender { members["from"] = sender.hex }
        return members
    }

    private func number(_ method: String, _ parameters: [Parameter] = []) async throws -> UInt64 {
        let number: HexNumber = try await need(method, parameters)
        guard let value = number.value else {
            throw OutsiderError(.invalidAnswer, "The node answered \(method) by a number over 64 bits.")
        }
        return value
    }
}
