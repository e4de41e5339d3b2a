public import Bytes

/// That a value stands at a place of a block: nodes from the root of its trie down.
public struct TrieProof: Sendable, Hashable {
    /// A key of the largest block has 10 half bytes, so a path has fewer nodes.
    public static let nodeLimit = 16

    /// Encoded, root first, without those that lie inside another.
    public let nodes: [[UInt8]]

    public init(nodes: [[UInt8]]) { self.nodes = nodes }

    /// The value at `index` in the trie with this root.
    ///
    /// - Throws: ``EVMError`` with code `.invalidProof` if a node does not fit its digest, the path leads elsewhere, or
    ///   a node is left over; `.malformedRLP` for a node that is not RLP.
    public func value(at index: UInt64, root: Digest256) throws(EVMError) -> [UInt8] {
        guard nodes.count <= Self.nodeLimit else { throw Self.failure("has more than \(Self.nodeLimit) nodes") }
        let key = Nibbles.of(RLP.number(index).encoded())
        var position = 0
        var next = 0
        var node = RLP.bytes(root.bytes)
        while true {
            if case .bytes(let digest) = node {
                guard !digest.isEmpty else { throw Self.failure("shows that nothing stands at the place") }
                guard next < nodes.count else { throw Self.failure("ends before the value") }
                guard Keccak256.digest(of: nodes[next]).bytes == digest else {
                    throw Self.failure("has a node that does not fit its digest")
                }
                node = try RLP(nodes[next])
                next += 1
            } else if node.encoded().count >= Digest256.byteCount {
                throw Self.failure("has a long node inside another")
            }
            switch try Self.step(in: node, key: key[position...]) {
            case .value(let value):
                guard next == nodes.count else { throw Self.failure("has nodes left over") }
                return value
            case .child(let child, let count):
                position += count
                node = child
            }
        }
    }

    private enum Step {
        case value([UInt8])
        case child(RLP, count: Int)
    }

    /// Where `key`, what is left of it, leads from this node.
    private static func step(in node: RLP, key: ArraySlice<UInt8>) throws(EVMError) -> Step {
        guard let items = node.list else { throw failure("has a node that is no list") }
        if items.count == 17 {
            guard let nibble = key.first else { return try found(items[16]) }
            return .child(items[Int(nibble)], count: 1)
        }
        guard items.count == 2, let path = items[0].bytes.flatMap(Nibbles.expanded) else {
            throw failure("has a node that is no branch, extension or leaf")
        }
        if path.isLeaf {
            guard path.nibbles == Array(key) else { throw failure("leads to the leaf of another place") }
            return try found(items[1])
        }
        guard !path.nibbles.isEmpty, key.starts(with: path.nibbles) else {
            throw failure("leads past the place")
        }
        return .child(items[1], count: path.nibbles.count)
    }

    private static func found(_ value: RLP) throws(EVMError) -> Step {
        guard let bytes = value.bytes, !bytes.isEmpty else { throw failure("shows that nothing stands at the place") }
        return .value(bytes)
    }

    private static func failure(_ what: String) -> EVMError { EVMError(.invalidProof, "The trie proof \(what).") }
}
