/// Why something that a chain or a file says is not accepted.
public struct EVMError: Error, Equatable, CustomStringConvertible {
    public enum Code: Sendable {
        /// Not RLP, or RLP in another spelling than the only one.
        case malformedRLP
        /// RLP past the limits of size, depth or number of items.
        case tooLarge
        /// Not a transaction, header, receipt or number of the kinds that are known.
        case malformedValue
        /// The nodes of a proof do not lead from the root to the value.
        case invalidProof
        /// A block that does not fit its own hash or roots.
        case blockDoesNotFit
        /// Not an `evm-receipt-1`.
        case malformedReceipt
    }

    public let code: Code
    /// What happened, for a person.
    public let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    public static func == (left: Self, right: Self) -> Bool { left.code == right.code }
    public var description: String { "EVMError.\(code): \(message)" }
}
