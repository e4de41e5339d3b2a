public import Bytes

/// What a transaction did, as the receipts' trie holds it.
public struct TransactionReceipt: Sendable, Hashable {
    /// Something that a contract told.
    public struct Event: Sendable, Hashable {
        public let contract: EVMAddress
        public let topics: [Digest256]
        public let data: [UInt8]

        public init(contract: EVMAddress, topics: [Digest256], data: [UInt8]) {
            self.contract = contract
            self.topics = topics
            self.data = data
        }
    }

    public let succeeded: Bool
    public let events: [Event]

    /// - Throws: ``EVMError`` with code `.malformedRLP` or `.malformedValue`.
    public init(_ bytes: [UInt8]) throws(EVMError) {
        let isTyped = (bytes.first ?? 0) < RLPReader.shortString
        guard let fields = try RLP(isTyped ? Array(bytes.dropFirst()) : bytes).list, fields.count == 4,
            let status = fields[0].number, status <= 1, let logs = fields[3].list
        else { throw EVMError(.malformedValue, "These bytes are no receipt of a transaction with a status.") }
        var events: [Event] = []
        for log in logs {
            guard let parts = log.list, parts.count == 3, let contract = parts[0].bytes.flatMap({ EVMAddress($0) }),
                let topics = parts[1].list, topics.count <= 4, let data = parts[2].bytes
            else { throw EVMError(.malformedValue, "An event in a receipt has other fields than it should.") }
            let digests = topics.compactMap { $0.bytes.flatMap { Digest256($0) } }
            guard digests.count == topics.count else {
                throw EVMError(.malformedValue, "A topic of an event is not 32 bytes.")
            }
            events.append(Event(contract: contract, topics: digests, data: data))
        }
        succeeded = status == 1
        self.events = events
    }

    /// The filter of 2,048 bits over contracts and topics that stands in receipts (Yellow Paper, 4.3.1). Some nodes
    /// leave it out.
    public static func bloom(of events: [Event]) -> [UInt8] {
        var bloom = [UInt8](repeating: 0, count: 256)
        for value in events.flatMap({ [$0.contract.bytes] + $0.topics.map(\.bytes) }) {
            let digest = Keccak256.digest(of: value).bytes
            for pair in [0, 2, 4] {
                let bit = (Int(digest[pair]) << 8 | Int(digest[pair + 1])) & 2047
                bloom[255 - bit / 8] |= 1 << UInt8(bit % 8)
            }
        }
        return bloom
    }
}
