import Bytes

/// A block without its transactions, as `eth_getBlockByNumber` gives it. All that some chain leaves out is optional.
struct NodeHead: Decodable, Sendable {
    let hash: HexBytes?
    let number: HexNumber?
    let timestamp: HexNumber?
    let baseFeePerGas: HexNumber?
}

/// A block with its transactions.
struct NodeBlock: Decodable, Sendable {
    let hash: HexBytes?
    let number: HexNumber
    let timestamp: HexNumber
    let transactions: [NodeTransaction]

    let parentHash: HexBytes?
    let sha3Uncles: HexBytes?
    let miner: HexBytes?
    let stateRoot: HexBytes?
    let transactionsRoot: HexBytes?
    let receiptsRoot: HexBytes?
    let logsBloom: HexBytes?
    let difficulty: HexNumber?
    let gasLimit: HexNumber?
    let gasUsed: HexNumber?
    let extraData: HexBytes?
    let mixHash: HexBytes?
    let nonce: HexBytes?
    let baseFeePerGas: HexNumber?
    let withdrawalsRoot: HexBytes?
    let blobGasUsed: HexNumber?
    let excessBlobGas: HexNumber?
    let parentBeaconBlockRoot: HexBytes?
    let requestsHash: HexBytes?

    /// The header's bytes; whether they are the block's, its hash alone tells.
    ///
    /// - Returns: `nil` when the node leaves out a field that Ethereum's headers have.
    var header: [UInt8]? {
        let first: [HexBytes?] = [parentHash, sha3Uncles, miner, stateRoot, transactionsRoot, receiptsRoot, logsBloom]
        let later: [[UInt8]?] = [
            baseFeePerGas?.bytes, withdrawalsRoot?.bytes, blobGasUsed?.bytes, excessBlobGas?.bytes,
            parentBeaconBlockRoot?.bytes, requestsHash?.bytes,
        ]
        guard let difficulty, let gasLimit, let gasUsed, let extraData, let mixHash, let nonce,
            first.allSatisfy({ $0 != nil })
        else { return nil }
        let fields =
            first.compactMap { $0?.bytes }
            + [
                difficulty.bytes, number.bytes, gasLimit.bytes, gasUsed.bytes, timestamp.bytes, extraData.bytes,
                mixHash.bytes, nonce.bytes,
            ] + later.prefix { $0 != nil }.compactMap(\.self)
        return RLP.list(fields.map { .bytes($0) }).encoded()
    }
}
