public import Bytes

/// The Merkle-Patricia trie over a block's transactions or receipts: the key of each is the RLP of its place.
///
/// Source: Ethereum Yellow Paper, appendix D. Vectors: `Vectors/evm/tx-inclusion.json`.
public struct IndexTrie: Sendable {
    private struct Item {
        let key: [UInt8]
        let value: [UInt8]
    }

    /// No block of any known chain has as many; keeps a hostile answer from costing more than a moment.
    public static let valueLimit = 1 << 16

    private let items: [Item]
    /// As the block's header holds it.
    public let root: Digest256

    /// - Parameter values: Encoded transactions or receipts in the block's order, none empty.
    /// - Throws: ``EVMError`` with code `.tooLarge` or, for an empty value, `.malformedValue`.
    public init(_ values: [[UInt8]]) throws(EVMError) {
        guard values.count <= Self.valueLimit else {
            throw EVMError(.tooLarge, "A block with \(values.count) transactions is over the limit.")
        }
        guard !values.contains([]) else { throw EVMError(.malformedValue, "A trie holds no empty value.") }
        items = values.enumerated().map { Item(key: Self.key(of: $0), value: $1) }
        root = Keccak256.digest(of: Self.node(items[...], at: 0).encoded())
    }

    /// The nodes from the root to the value at `index`, as `proofNodes` of EIP-1186 lists them: encoded, root first,
    /// without those that lie inside another.
    ///
    /// - Precondition: There is a value at `index`.
    public func proof(for index: Int) -> [[UInt8]] {
        let key = items[index].key
        var nodes: [[UInt8]] = []
        var here = items[...]
        var depth = 0
        while true {
            let node = Self.node(here, at: depth).encoded()
            if nodes.isEmpty || node.count >= Digest256.byteCount { nodes.append(node) }
            guard here.count > 1 else { return nodes }
            let shared = Self.sharedCount(here, at: depth)
            if shared > 0 {
                depth += shared
                continue
            }
            guard depth < key.count else { return nodes }
            here = Self.below(here, at: depth, nibble: key[depth])
            depth += 1
        }
    }

    static func key(of index: Int) -> [UInt8] { Nibbles.of(RLP.number(UInt64(index)).encoded()) }

    /// The node over `items`, whose keys are the same before `depth`.
    private static func node(_ items: ArraySlice<Item>, at depth: Int) -> RLP {
        guard let first = items.first else { return .bytes([]) }
        if items.count == 1 {
            return .list([.bytes(Nibbles.compact(first.key[depth...], isLeaf: true)), .bytes(first.value)])
        }
        let shared = sharedCount(items, at: depth)
        if shared > 0 {
            let path = Nibbles.compact(first.key[depth..<depth + shared], isLeaf: false)
            return .list([.bytes(path), reference(to: node(items, at: depth + shared))])
        }
        let children = (0..<UInt8(16)).map { nibble in
            let under = below(items, at: depth, nibble: nibble)
            return under.isEmpty ? RLP.bytes([]) : reference(to: node(under, at: depth + 1))
        }
        let value = items.first { $0.key.count == depth }?.value ?? []
        return .list(children + [.bytes(value)])
    }

    private static func below(_ items: ArraySlice<Item>, at depth: Int, nibble: UInt8) -> ArraySlice<Item> {
        items.filter { $0.key.count > depth && $0.key[depth] == nibble }[...]
    }

    /// How many half bytes all keys share from `depth` on.
    private static func sharedCount(_ items: ArraySlice<Item>, at depth: Int) -> Int {
        guard let first = items.first else { return 0 }
        return items.reduce(first.key.count - depth) { shared, item in
            min(shared, zip(first.key[depth...], item.key[depth...]).prefix { $0 == $1 }.count)
        }
    }

    /// Short nodes lie inside their parent, others are named by their digest.
    private static func reference(to node: RLP) -> RLP {
        let encoded = node.encoded()
        return encoded.count < Digest256.byteCount ? node : .bytes(Keccak256.digest(of: encoded).bytes)
    }
}
