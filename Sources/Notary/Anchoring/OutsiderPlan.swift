public import Anchoring
import Bytes
public import Logging

/// An outsider as the configuration has it: what it is called, how often it gets a checkpoint, and how it is made when
/// the notary opens.
///
/// This is where adapters come in: one that is listed in ``NotaryConfiguration/outsiders`` is driven, kept, reported and
/// exported without another line elsewhere.
public struct OutsiderPlan: Sendable {
    /// What an outsider is. The raw value stands in answers of the API.
    public enum Kind: String, Sendable, CaseIterable {
        case timestampAuthority = "rfc3161"
        case ledger = "evm"
        case calendar = "opentimestamps"
        case fabric
    }

    /// What an adapter may use.
    public struct Surroundings: Sendable {
        /// The log that outsiders see.
        public let origin: String
        /// A folder for what this outsider must keep beside the store, such as the key that signs its transactions. It
        /// is not made here.
        public let keysFolder: String
        /// Sends requests.
        public let exchange: HTTPExchange
        /// Milliseconds since 1970, by the system's clock.
        public let milliseconds: @Sendable () -> Int64
        public let logger: Logger
    }

    /// Small letters, digits and hyphens; unique among outsiders. Names the anchor's files.
    public let name: String
    public let kind: Kind
    /// One checkpoint in this time, the newest, if there is a new one.
    public let intervalSeconds: Int
    /// How long after it was given out an anchor may take, before it is late.
    public let deadlineSeconds: Int
    /// Whether the log's own operator runs it: it then proves order, and counts for no quorum.
    public let isSelfOperated: Bool
    /// How long one call of the adapter may take.
    public let callSeconds: Int
    let make: @Sendable (Surroundings) throws -> any Outsider

    /// - Parameters:
    ///   - callSeconds: Half a minute lets a slow answer over a bad line come.
    ///   - make: Called once, when the notary opens. It may throw ``OutsiderError``; then the notary does not open.
    public init(
        name: String,
        kind: Kind,
        intervalSeconds: Int,
        deadlineSeconds: Int,
        isSelfOperated: Bool = false,
        callSeconds: Int = 30,
        make: @escaping @Sendable (Surroundings) throws -> any Outsider
    ) {
        self.name = name
        self.kind = kind
        self.intervalSeconds = intervalSeconds
        self.deadlineSeconds = deadlineSeconds
        self.isSelfOperated = isSelfOperated
        self.callSeconds = callSeconds
        self.make = make
    }

    /// - Throws: ``NotaryError`` with `.authorityFailed`.
    func outsider(in surroundings: Surroundings) throws -> any Outsider {
        let isPlain = name.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) || byte == UInt8(ascii: "-")
        }
        guard isPlain, 1...64 ~= name.utf8.count, intervalSeconds > 0, deadlineSeconds > 0, callSeconds > 0 else {
            throw NotaryError(
                .authorityFailed,
                "The name of an outsider is 1 to 64 small letters, digits and hyphens, and its interval and deadline at "
                    + "least a second: change \"\(name.prefix(80))\"."
            )
        }
        do {
            return try make(surroundings)
        } catch let error as OutsiderError {
            throw NotaryError(.authorityFailed, "\(name): \(error.message)", cause: error)
        }
    }
}
