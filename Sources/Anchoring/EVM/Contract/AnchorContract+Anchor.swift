public import Bytes

extension AnchorContract {
    /// What a call of `anchor` says, read from a transaction.
    public struct Anchor: Sendable, Hashable {
        static let signature = "anchor(bytes32,uint64,bytes32,bytes32)"

        public let logID: Digest256
        /// Leaves of the tree.
        public let size: UInt64
        public let root: Digest256
        /// SHA-256 of `checkpoint.signed`.
        public let noteHash: Digest256

        /// - Returns: `nil` unless the data are exactly such a call.
        public init?(callData: [UInt8]) {
            var reader = ByteReader(callData)
            guard let selector = reader.read(4), Array(selector) == AnchorContract.selector(Self.signature),
                let logID = reader.readDigest(), let size = reader.readDigest(), let root = reader.readDigest(),
                let noteHash = reader.readDigest(), reader.isAtEnd
            else { return nil }
            let words = size.bigEndianWords
            guard words.0 == 0, words.1 == 0, words.2 == 0 else { return nil }
            self.logID = logID
            self.size = words.3
            self.root = root
            self.noteHash = noteHash
        }
    }

    /// What the contract told of a call of `anchor`.
    public enum Outcome: Sendable, Hashable {
        /// The tree is the log's newest there.
        case anchored
        /// A tree of this size or a larger one stood there already: the call itself is what commits.
        case standsAlready
        /// The contract holds another tree of the same size.
        case forked
    }

    static let anchoredTopic = topic("Anchored(bytes32,uint64,bytes32,bytes32,uint64)")
    static let forkedTopic = topic("Forked(bytes32,uint64,bytes32,bytes32)")

    /// What came of `anchor`; `nil` if the contract told something that does not fit the call.
    public static func outcome(of anchor: Anchor, in receipt: TransactionReceipt, contract: EVMAddress) -> Outcome? {
        let told = receipt.events.filter { $0.contract == contract }
        guard let event = told.first else { return .standsAlready }
        let topics = [anchor.logID, Digest256(word(anchor.size)), anchor.root]
        guard told.count == 1, event.topics.count == 4, Array(event.topics.dropFirst()) == topics,
            Array(event.data.prefix(Digest256.byteCount)) == anchor.noteHash.bytes
        else { return nil }
        switch event.topics[0] {
        case anchoredTopic: return .anchored
        case forkedTopic: return .forked
        default: return nil
        }
    }
}
