/// A transaction in a block, as nodes give it.
struct NodeTransaction: Decodable, Sendable {
    struct Access: Decodable, Sendable {
        let address: HexBytes
        let storageKeys: [HexBytes]
    }

    struct Authorization: Decodable, Sendable {
        let chainId: HexNumber
        let address: HexBytes
        let nonce: HexNumber
        let yParity: HexNumber
        let r: HexNumber
        let s: HexNumber
    }

    let hash: HexBytes
    /// Left out by nodes from before EIP-2718.
    let type: HexNumber?
    let chainId: HexNumber?
    let nonce: HexNumber
    let gasPrice: HexNumber?
    let maxPriorityFeePerGas: HexNumber?
    let maxFeePerGas: HexNumber?
    let gas: HexNumber
    let to: HexBytes?
    let value: HexNumber
    /// `data` in some nodes.
    let input: HexBytes?
    let data: HexBytes?
    let accessList: [Access]?
    let maxFeePerBlobGas: HexNumber?
    let blobVersionedHashes: [HexBytes]?
    let authorizationList: [Authorization]?
    let v: HexNumber?
    let yParity: HexNumber?
    let r: HexNumber
    let s: HexNumber

    /// The transaction's bytes as they stand in the block's trie.
    ///
    /// - Throws: ``EVMError`` with code `.malformedValue` for a type that is not known or fields that are missing.
    func encoded() throws(EVMError) -> [UInt8] {
        let tail: [RLP] = [
            .bytes(gas.bytes), .bytes(to?.bytes ?? []), .bytes(value.bytes), .bytes(input?.bytes ?? data?.bytes ?? []),
        ]
        let type = type?.value ?? 0
        if type == 0 {
            let fields = [.bytes(nonce.bytes), try number(gasPrice)] + tail + [try number(v)]
            return RLP.list(fields + signature).encoded()
        }
        let start = [try number(chainId), .bytes(nonce.bytes)]
        let dynamic = type == 1 ? [try number(gasPrice)] : [try number(maxPriorityFeePerGas), try number(maxFeePerGas)]
        var fields = start + dynamic + tail + [accesses]
        switch type {
        case 1, 2: break
        case 3:
            let hashes = (blobVersionedHashes ?? []).map { RLP.bytes($0.bytes) }
            fields += [try number(maxFeePerBlobGas), .list(hashes)]
        case 4: fields.append(authorizations)
        default:
            throw EVMError(.malformedValue, "The block has a transaction of type \(type), whose form is not known.")
        }
        return [UInt8(type)] + RLP.list(fields + [try number(yParity ?? v)] + signature).encoded()
    }

    private var signature: [RLP] { [.bytes(r.bytes), .bytes(s.bytes)] }

    private var accesses: RLP {
        .list(
            (accessList ?? []).map { access in
                .list([.bytes(access.address.bytes), .list(access.storageKeys.map { .bytes($0.bytes) })])
            }
        )
    }

    private var authorizations: RLP {
        .list(
            (authorizationList ?? []).map { grant in
                .list([
                    .bytes(grant.chainId.bytes), .bytes(grant.address.bytes), .bytes(grant.nonce.bytes),
                    .bytes(grant.yParity.bytes), .bytes(grant.r.bytes), .bytes(grant.s.bytes),
                ])
            }
        )
    }

    private func number(_ field: HexNumber?) throws(EVMError) -> RLP {
        guard let field else {
            throw EVMError(.malformedValue, "The node left out a field of a transaction in the block.")
        }
        return .bytes(field.bytes)
    }
}
