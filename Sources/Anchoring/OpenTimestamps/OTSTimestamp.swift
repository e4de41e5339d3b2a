/// A message, who vouches for it, and what it becomes on its way to others who do: a tree of steps.
///
/// Its parts are kept in the order in which the stock library writes them.
///
/// Source: python-opentimestamps, `opentimestamps.core.timestamp`.
public struct OTSTimestamp: Sendable, Equatable {
    public struct Branch: Sendable, Equatable {
        public let operation: OTSOperation
        public internal(set) var timestamp: OTSTimestamp
    }

    public let message: [UInt8]
    public private(set) var attestations: [OTSAttestation] = []
    public private(set) var branches: [Branch] = []

    /// Messages on one path: the stock client stops there (`_recursion_limit`).
    public static let depthLimit = 256

    /// - Throws: ``OTSError`` with `.messageTooLong`.
    public init(message: [UInt8]) throws(OTSError) {
        guard message.count <= OTSOperation.messageLimitBytes else {
            throw OTSError(.messageTooLong, "A message has at most 4,096 bytes; this one has \(message.count).")
        }
        self.message = message
    }

    /// The timestamp of `message` that becomes `end` by `operations`, one after the other.
    ///
    /// - Throws: ``OTSError`` with `.differentMessages` if they lead elsewhere, or what an operation throws.
    public init(message: [UInt8], by operations: [OTSOperation], to end: OTSTimestamp) throws(OTSError) {
        var messages = [message]
        for operation in operations { messages.append(try operation.result(of: messages[messages.count - 1])) }
        guard messages.removeLast() == end.message else {
            throw OTSError(.differentMessages, "The operations lead to another message than the proof continues from.")
        }
        var timestamp = end
        for (operation, message) in zip(operations, messages).reversed() {
            var before = try OTSTimestamp(message: message)
            before.branches = [Branch(operation: operation, timestamp: timestamp)]
            timestamp = before
        }
        self = timestamp
    }

    public mutating func add(_ attestation: OTSAttestation) {
        let place = Self.place(attestations.count) { attestations[$0] < attestation }
        guard place == attestations.count || attestations[place] != attestation else { return }
        attestations.insert(attestation, at: place)
    }

    /// Adds what `operation` leads to; joined with what it leads to already.
    ///
    /// - Throws: ``OTSError`` with `.differentMessages` if `timestamp` is not of the operation's result.
    public mutating func add(_ operation: OTSOperation, to timestamp: OTSTimestamp) throws(OTSError) {
        guard try operation.result(of: message) == timestamp.message else { throw Self.differentMessages }
        try addComputed(operation, to: timestamp)
    }

    /// The same when the caller has just computed the result.
    mutating func addComputed(_ operation: OTSOperation, to timestamp: OTSTimestamp) throws(OTSError) {
        let place = Self.place(branches.count) { branches[$0].operation < operation }
        if place < branches.count, branches[place].operation == operation {
            try branches[place].timestamp.merge(timestamp)
        } else {
            branches.insert(Branch(operation: operation, timestamp: timestamp), at: place)
        }
    }

    /// Adds all that `other` proves: the union of both trees.
    ///
    /// - Throws: ``OTSError`` with `.differentMessages`.
    public mutating func merge(_ other: OTSTimestamp) throws(OTSError) {
        guard message == other.message else { throw Self.differentMessages }
        for attestation in other.attestations { add(attestation) }
        for branch in other.branches { try addComputed(branch.operation, to: branch.timestamp) }
    }

    /// Merges `other` wherever its message stands in the tree.
    ///
    /// - Returns: Whether it stands there.
    @discardableResult
    public mutating func mergeAnywhere(_ other: OTSTimestamp) throws(OTSError) -> Bool {
        if message == other.message {
            try merge(other)
            return true
        }
        var isFound = false
        for index in branches.indices where try branches[index].timestamp.mergeAnywhere(other) { isFound = true }
        return isFound
    }

    /// Every attestation with the message that it is for, in the order in which they are written.
    public var allAttestations: [(message: [UInt8], attestation: OTSAttestation)] {
        attestations.map { (message, $0) } + branches.flatMap(\.timestamp.allAttestations)
    }

    /// Whether some message in it has an attestation by Bitcoin; whether that one holds is another question.
    public var isComplete: Bool {
        allAttestations.contains { if case .bitcoin = $0.attestation { true } else { false } }
    }

    /// The first of `count` sorted places that is not before what is looked for; a proof may hold thousands.
    private static func place(_ count: Int, isBefore: (Int) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if isBefore(middle) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private static let differentMessages = OTSError(
        .differentMessages,
        "Two timestamps are joined only when they are for the same message."
    )
}
