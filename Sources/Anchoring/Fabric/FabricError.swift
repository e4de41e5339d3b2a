/// Why a transaction of Hyperledger Fabric does not prove what it is said to.
public struct FabricError: Error, Equatable, CustomStringConvertible {
    public enum Code: Sendable {
        /// Not a receipt, or not a transaction by Fabric's published messages, or past a limit of ours.
        case malformed
        /// Its parts are not of one transaction: id, header, chaincode or digest of the proposal differ.
        case inconsistent
        /// A signature does not hold, or is of the form that Fabric refuses.
        case signatureInvalid
        /// Of another channel than it was asked for.
        case otherChannel
        /// It says something about another checkpoint.
        case otherCheckpoint
        /// No peer endorsed it, or none that answered 200.
        case notEndorsed
    }

    public let code: Code
    public let message: String

    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    public static func == (left: Self, right: Self) -> Bool { left.code == right.code }
    public var description: String { "FabricError.\(code): \(message)" }
}
