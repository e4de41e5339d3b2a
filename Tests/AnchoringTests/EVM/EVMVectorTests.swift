import Anchoring
import Bytes
import Foundation
import Secp256k1
import Testing

/// `Vectors/evm`: what other programs made, and what they refuse.
@Suite struct EVMVectorTests {
    struct Message: Decodable {
        let msgHex: String
        let keccak256: String
    }

    /// Hexadecimal digits, or a list of such values.
    enum Value: Decodable {
        case hex(String)
        case list([Value])

        init(from decoder: any Decoder) throws {
            let content = try decoder.singleValueContainer()
            self = try (try? content.decode(String.self)).map { .hex($0) } ?? .list(content.decode([Value].self))
        }

        func rlp() throws -> RLP {
            switch self {
            case .hex(let hex): .bytes(try bytes(hex))
            case .list(let values): .list(try values.map { try $0.rlp() })
            }
        }
    }

    struct Encoding: Decodable {
        let valueHex: Value
        let rlp: String
    }

    struct Transaction: Decodable {
        struct Fields: Decodable {
            let nonce: UInt64
            let gas: UInt64
            let to: String
            let data: String
            let chainId: UInt64
            let gasPrice: UInt64?
            let maxFeePerGas: UInt64?
            let maxPriorityFeePerGas: UInt64?
        }

        let privateKey: String
        let tx: Fields
        let raw: String
        let hash: String
        let sender: String
        let payloadRoot: String?
    }

    struct Inclusion: Decodable {
        struct Proof: Decodable {
            let index: UInt64
            let txHash: String
            let proofNodesRlp: [String]
            let ok: Bool
        }

        let headerRlp: String
        let blockHash: String
        let transactionsRoot: String
        let proofs: [Proof]
    }

    static func bytes(_ hex: String) throws -> [UInt8] {
        try #require(Hex.decode(hex.hasPrefix("0x") ? String(hex.dropFirst(2)) : hex))
    }

    static func decoded<Value: Decodable>(_ name: String) throws -> Value {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(Value.self, from: Data(Vectors.bytes("evm/\(name)")))
    }

    @Test func keccak() throws {
        let messages: [Message] = try Self.decoded("keccak256.json")
        #expect(messages.count == 12)
        for message in messages {
            #expect(Keccak256.digest(of: try Self.bytes(message.msgHex)).hex == message.keccak256)
        }
    }

    @Test func strings() throws {
        let encodings: [Encoding] = try Self.decoded("rlp.json")
        #expect(encodings.count == 20)
        for encoding in encodings {
            let value = try encoding.valueHex.rlp()
            #expect(Hex.encode(value.encoded()) == encoding.rlp)
            #expect(try RLP(Self.bytes(encoding.rlp)) == value)
        }
    }

    @Test func transactions() throws {
        let transactions: [Transaction] = try Self.decoded("transactions.json")
        #expect(transactions.count == 8)
        for transaction in transactions {
            let raw = try Self.bytes(transaction.raw)
            let read = try SignedTransaction(raw)
            let key = try Secp256k1PrivateKey(bytes: Self.bytes(transaction.privateKey))
            #expect(read.hash.hex == transaction.hash)
            #expect(read.sender.description == transaction.sender)
            #expect(read.sender == EVMAddress(key.publicKey))
            #expect(read.chainID == transaction.tx.chainId)
            #expect(read.nonce == transaction.tx.nonce)
            #expect(read.to == EVMAddress(transaction.tx.to))
            #expect(read.data == (try Self.bytes(transaction.tx.data)))
            if let root = transaction.payloadRoot { #expect(Hex.encode(read.data.suffix(32)) == root) }
        }
    }

    /// The vectors' calls have no value, but for the EIP's example.
    @Test func signing() throws {
        let transactions: [Transaction] = try Self.decoded("transactions.json")
        for transaction in transactions.dropFirst() {
            let fields = transaction.tx
            let fee: LedgerCall.Fee =
                if let price = fields.gasPrice {
                    .legacy(gasPrice: price)
                } else {
                    .dynamic(
                        maxFee: try #require(fields.maxFeePerGas),
                        priority: try #require(fields.maxPriorityFeePerGas)
                    )
                }
            let call = LedgerCall(
                chainID: fields.chainId,
                nonce: fields.nonce,
                fee: fee,
                gasLimit: fields.gas,
                to: EVMAddress(fields.to),
                data: try Self.bytes(fields.data)
            )
            let key = try Secp256k1PrivateKey(bytes: Self.bytes(transaction.privateKey))
            #expect(Hex.encode(try call.signed(by: key)) == transaction.raw)
        }
    }

    @Test func inclusion() throws {
        let inclusion: Inclusion = try Self.decoded("tx-inclusion.json")
        let header = try BlockHeader(Self.bytes(inclusion.headerRlp))
        #expect(header.hash.hex == inclusion.blockHash)
        #expect(header.transactionsRoot.hex == inclusion.transactionsRoot)
        #expect(inclusion.proofs.count == 10)
        for proof in inclusion.proofs {
            let nodes = TrieProof(nodes: try proof.proofNodesRlp.map(Self.bytes))
            let value = Result { try nodes.value(at: proof.index, root: header.transactionsRoot) }
            let leads = (try? value.get()).map { Keccak256.digest(of: $0).hex == proof.txHash } ?? false
            #expect(leads == proof.ok, "\(proof.index): \(value)")
        }
    }
}
