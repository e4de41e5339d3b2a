public import MerkleLog

/// Which logs and witnesses count, and how many cosignatures make a checkpoint believable.
///
/// Source: C2SP tlog-policy.
public struct TlogPolicy: Equatable, Sendable {
    /// Far above what the format asks readers to take: 32 logs, 32 witnesses, 32 groups.
    public static let limitBytes = 128 << 10
    /// Of logs, of witnesses and of groups each.
    public static let limitCount = 256

    /// The bytes that were parsed.
    public let bytes: [UInt8]
    /// Empty when the log is known otherwise.
    public let logs: [PolicyLog]
    public let witnesses: [PolicyWitness]
    /// Each after those that it names.
    public let groups: [PolicyGroup]
    /// The witness or group that must have witnessed, or ``PolicyName/none``.
    public let quorum: PolicyName

    init(
        bytes: [UInt8],
        logs: [PolicyLog],
        witnesses: [PolicyWitness],
        groups: [PolicyGroup],
        quorum: PolicyName
    ) {
        self.bytes = bytes
        self.logs = logs
        self.witnesses = witnesses
        self.groups = groups
        self.quorum = quorum
    }

    /// - Throws: ``PolicyError``, which names the line.
    public init(parsing bytes: [UInt8]) throws(PolicyError) {
        self = try PolicyReader.policy(bytes)
    }

    /// Whether cosignatures by these keys are enough. Keys that the policy does not name count for nothing.
    public func isMet(by cosigners: some Sequence<VerifierKey>) -> Bool {
        let cosigners = Set(cosigners.filter { $0.algorithm == .cosignature })
        var witnessed = Set(witnesses.lazy.filter { cosigners.contains($0.key) }.map(\.name))
        witnessed.insert(.none)
        // Groups stand after their members, so one pass decides.
        for group in groups where group.members.count(where: witnessed.contains) >= group.threshold {
            witnessed.insert(group.name)
        }
        return witnessed.contains(quorum)
    }

    /// Whether the policy accepts checkpoints that this key signed: always if it lists no logs.
    public func accepts(log key: VerifierKey) -> Bool { logs.isEmpty || logs.contains { $0.key == key } }
}
