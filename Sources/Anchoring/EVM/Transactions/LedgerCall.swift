import Bytes
public import Secp256k1

/// A transaction that we make: a call without value, or the making of a contract.
public struct LedgerCall: Sendable, Hashable {
    /// What we pay, in wei for each unit of gas.
    public enum Fee: Sendable, Hashable {
        /// Type 0 with the chain id in its signature (EIP-155).
        case legacy(gasPrice: UInt64)
        /// Type 2 (EIP-1559).
        case dynamic(maxFee: UInt64, priority: UInt64)

        /// The most that a unit of gas may cost.
        public var ceiling: UInt64 {
            switch self {
            case .legacy(let gasPrice): gasPrice
            case .dynamic(let maxFee, _): maxFee
            }
        }
    }

    /// Past it a legacy signature's `v` has no 64 bits; no chain's id comes near.
    public static let chainIDLimit: UInt64 = 1 << 62

    public let chainID: UInt64
    public let nonce: UInt64
    public let fee: Fee
    public let gasLimit: UInt64
    /// `nil` makes a contract.
    public let to: EVMAddress?
    public let data: [UInt8]

    /// - Precondition: The chain's id is below ``chainIDLimit``.
    public init(chainID: UInt64, nonce: UInt64, fee: Fee, gasLimit: UInt64, to: EVMAddress?, data: [UInt8]) {
        precondition(chainID < Self.chainIDLimit, "The configuration checks the chain id.")
        self.chainID = chainID
        self.nonce = nonce
        self.fee = fee
        self.gasLimit = gasLimit
        self.to = to
        self.data = data
    }

    /// The bytes that go out.
    ///
    /// - Throws: ``Secp256k1Error`` with code `.operationFailed`.
    public func signed(by key: Secp256k1PrivateKey) throws(Secp256k1Error) -> [UInt8] {
        let tail: [RLP] = [.number(gasLimit), .bytes(to?.bytes ?? []), .bytes([]), .bytes(data)]
        switch fee {
        case .legacy(let gasPrice):
            let fields = [.number(nonce), .number(gasPrice)] + tail
            let signature = try Self.signature(fields + [.number(chainID), .bytes([]), .bytes([])], prefix: [], key)
            return RLP.list(
                fields + [.number(2 * chainID + 35 + UInt64(signature.recovery))] + Self.numbers(of: signature)
            )
            .encoded()
        case .dynamic(let maxFee, let priority):
            let fields: [RLP] =
                [.number(chainID), .number(nonce), .number(priority), .number(maxFee)] + tail + [.list([])]
            let signature = try Self.signature(fields, prefix: [2], key)
            return [2]
                + RLP.list(fields + [.number(UInt64(signature.recovery))] + Self.numbers(of: signature)).encoded()
        }
    }

    private static func signature(
        _ fields: [RLP],
        prefix: [UInt8],
        _ key: Secp256k1PrivateKey
    ) throws(Secp256k1Error) -> RecoverableSignature {
        try key.signature(for: Keccak256.digest(of: prefix + RLP.list(fields).encoded()))
    }

    private static func numbers(of signature: RecoverableSignature) -> [RLP] {
        [signature.r, signature.s].map { .bytes(Array($0.drop { $0 == 0 })) }
    }
}
