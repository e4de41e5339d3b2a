/// An evidence record that proves when its data was there at the latest, and that each of its timestamps was renewed
/// while it still held.
public struct VerifiedEvidenceRecord: Sendable {
    /// Oldest first: the first of a chain after the first one is a renewal of the hash tree, each other a renewal of the
    /// timestamp before it. None is empty.
    public let chains: [[VerifiedTimestamp]]

    /// The first one: when the data was there at the latest.
    public var timestamp: VerifiedTimestamp { chains[0][0] }

    /// All of them, oldest first.
    public var timestamps: [VerifiedTimestamp] { chains.flatMap { $0 } }

    /// The one that all others lean on now.
    public var newest: VerifiedTimestamp { chains[chains.count - 1][chains[chains.count - 1].count - 1] }

    /// How often it was renewed.
    public var renewalCount: Int { timestamps.count - 1 }

    /// Until when the newest timestamp's certificates are valid, in seconds since 1970: renew it before.
    public var endSeconds: Int64 { newest.chainEndSeconds }
}
