import Bytes

/// A transaction's receipt, as nodes give it.
struct NodeReceipt: Decodable, Sendable {
    struct Log: Decodable, Sendable {
        let address: HexBytes
        let topics: [HexBytes]
        let data: HexBytes
    }

    let transactionHash: HexBytes
    let transactionIndex: HexNumber
    let blockHash: HexBytes?
    let blockNumber: HexNumber?
    let contractAddress: HexBytes?
    /// Left out by nodes from before EIP-2718.
    let type: HexNumber?
    let status: HexNumber?
    let cumulativeGasUsed: HexNumber?
    /// Left out by some nodes; it follows from the logs.
    let logsBloom: HexBytes?
    let logs: [Log]

    var succeeded: Bool { status?.value == 1 }

    /// The receipt's bytes as they stand in the block's trie.
    ///
    /// - Throws: ``EVMError`` with code `.malformedValue`.
    func encoded() throws(EVMError) -> [UInt8] {
        guard let status, let cumulativeGasUsed, let type = type == nil ? 0 : type?.value, type < 128 else {
            throw EVMError(.malformedValue, "The node left out a field of a receipt in the block.")
        }
        let events = try events()
        let entries = events.map { event in
            RLP.list([
                .bytes(event.contract.bytes), .list(event.topics.map { .bytes($0.bytes) }), .bytes(event.data),
            ])
        }
        let bloom = TransactionReceipt.bloom(of: events)
        let fields: [RLP] = [.bytes(status.bytes), .bytes(cumulativeGasUsed.bytes), .bytes(bloom), .list(entries)]
        return (type == 0 ? [] : [UInt8(type)]) + RLP.list(fields).encoded()
    }

    private func events() throws(EVMError) -> [TransactionReceipt.Event] {
        var events: [TransactionReceipt.Event] = []
        for log in logs {
            let topics = log.topics.compactMap { Digest256($0.bytes) }
            guard let contract = EVMAddress(log.address.bytes), topics.count == log.topics.count else {
                throw EVMError(.malformedValue, "The node gave an event whose contract or topics are no such.")
            }
            events.append(TransactionReceipt.Event(contract: contract, topics: topics, data: log.data.bytes))
        }
        return events
    }
}
