public import MerkleLog

/// One line of an account's list of registrations.
public struct AccountRegistration: Sendable, Equatable {
    public let id: LeafHash
    public let position: LogPosition
}
