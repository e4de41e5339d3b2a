public import MerkleLog

/// A log that a policy accepts.
public struct PolicyLog: Equatable, Sendable {
    public let key: VerifierKey
    public let url: String?
}

/// A witness that a policy knows.
public struct PolicyWitness: Equatable, Sendable {
    public let name: PolicyName
    public let key: VerifierKey
    /// Its submission prefix; `nil` when the policy is for checking only.
    public let url: String?
}

/// Witnesses and groups of which so many must have witnessed a checkpoint.
public struct PolicyGroup: Equatable, Sendable {
    public let name: PolicyName
    /// From 1 to the number of members.
    public let threshold: Int
    /// Defined above the group; none is a member of another group too.
    public let members: [PolicyName]
}
