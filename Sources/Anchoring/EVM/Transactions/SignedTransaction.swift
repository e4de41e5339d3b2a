public import Bytes
import Secp256k1

/// A signed transaction as it stands in a block.
public struct SignedTransaction: Sendable {
    /// 0 for legacy, else the type of EIP-2718.
    public let type: UInt8
    public let bytes: [UInt8]
    /// `nil` for a legacy signature from before EIP-155, which is good on every chain.
    public let chainID: UInt64?
    public let nonce: UInt64
    public let gasLimit: UInt64
    /// In wei for each unit of gas; `nil` past 64 bits.
    public let maxFee: UInt64?
    /// Of that, what goes to the maker of the block (type 2 and later); `nil` for others.
    public let priority: UInt64?
    /// `nil` makes a contract.
    public let to: EVMAddress?
    public let data: [UInt8]
    /// Who signed it, recovered from the signature.
    public let sender: EVMAddress

    /// By which the chain names it.
    public var hash: Digest256 { Keccak256.digest(of: bytes) }

    /// Transactions of types 1 to 4 (EIP-2930, 1559, 4844, 7702) are read as far as they have the same fields.
    private static let typeLimit: UInt8 = 4

    /// - Throws: ``EVMError`` with code `.malformedRLP`, or `.malformedValue` for another type, other fields, or a
    ///   signature that nobody can have made.
    public init(_ bytes: [UInt8]) throws(EVMError) {
        guard let first = bytes.first else { throw EVMError(.malformedValue, "A transaction has no bytes.") }
        let type = first >= RLPReader.shortList ? 0 : first
        guard type <= Self.typeLimit, type > 0 || first >= RLPReader.shortList else {
            throw EVMError(.malformedValue, "A transaction of type \(first) is not known.")
        }
        let form = Form.all[Int(type)]
        guard let fields = try RLP(type == 0 ? bytes : Array(bytes.dropFirst())).list, fields.count == form.count,
            let nonce = fields[form.nonce].number, let gasLimit = fields[form.gas].number,
            let recipient = fields[form.gas + 1].bytes, let data = fields[form.gas + 3].bytes,
            recipient.isEmpty || recipient.count == EVMAddress.byteCount
        else { throw EVMError(.malformedValue, "A transaction of type \(type) has other fields than it should.") }
        self.type = type
        self.bytes = bytes
        self.nonce = nonce
        self.gasLimit = gasLimit
        self.data = data
        to = EVMAddress(recipient)
        maxFee = fields[form.gas - 1].number
        priority = type < 2 ? nil : fields[form.gas - 2].number
        let signed = try Self.signer(of: fields, type: type)
        chainID = signed.chainID
        sender = signed.sender
    }

    /// Where the fields stand. A type's nonce is followed by its fees, its gas, then recipient, value and data.
    private struct Form {
        let count: Int
        let nonce: Int
        let gas: Int

        static let all = [
            Form(count: 9, nonce: 0, gas: 2), Form(count: 11, nonce: 1, gas: 3), Form(count: 12, nonce: 1, gas: 4),
            Form(count: 14, nonce: 1, gas: 4), Form(count: 13, nonce: 1, gas: 4),
        ]
    }

    private static func signer(of fields: [RLP], type: UInt8) throws(EVMError) -> (chainID: UInt64?, sender: EVMAddress)
    {
        var unsigned = Array(fields.dropLast(3))
        var chainID: UInt64?
        guard let v = fields[fields.count - 3].number, let r = fields[fields.count - 2].bytes,
            let s = fields[fields.count - 1].bytes, r.count <= 32, s.count <= 32, r.first != 0, s.first != 0
        else { throw EVMError(.malformedValue, "A transaction's signature is no three numbers.") }
        var parity = v
        if type > 0 {
            chainID = fields[0].number
        } else if v >= 35 {
            chainID = (v - 35) / 2
            parity = (v - 35) % 2
            unsigned += [.number((v - 35) / 2), .bytes([]), .bytes([])]
        } else if v >= 27 {
            parity = v - 27
        } else {
            parity = 2
        }
        guard parity < 2, type == 0 || chainID != nil else {
            throw EVMError(.malformedValue, "A transaction's signature or chain id is out of range.")
        }
        let digest = Keccak256.digest(of: (type == 0 ? [] : [type]) + RLP.list(unsigned).encoded())
        do {
            let signature = try RecoverableSignature(r: padded(r), s: padded(s), recovery: UInt8(parity))
            return (chainID, EVMAddress(try signature.publicKey(for: digest)))
        } catch {
            throw EVMError(.malformedValue, "A transaction's signature does not hold. \(error.message)")
        }
    }

    private static func padded(_ number: [UInt8]) -> [UInt8] {
        [UInt8](repeating: 0, count: 32 - number.count) + number
    }
}
