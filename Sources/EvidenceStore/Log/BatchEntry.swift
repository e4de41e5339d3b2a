public import MerkleLog

/// One leaf of a batch.
public enum BatchEntry: Sendable {
    case registration(SealedRegistration)
    case plain(PlainEntry)

    public var id: LeafHash {
        switch self {
        case .registration(let registration): registration.id
        case .plain(let plain): plain.id
        }
    }

    /// What stands in the log, byte for byte.
    public var bytes: [UInt8] {
        switch self {
        case .registration(let registration): registration.entry
        case .plain(let plain): plain.bytes
        }
    }

    /// What an account's idempotency key claims; plain entries belong to nobody.
    public var registration: SealedRegistration? {
        if case .registration(let registration) = self { registration } else { nil }
    }
}
