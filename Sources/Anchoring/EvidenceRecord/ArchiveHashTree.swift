public import OpenSSL

/// A hash tree over what one token of a run covers (RFC 4998, 4.2): two by two, each pair in ascending order; one left
/// over moves up as it is.
public struct ArchiveHashTree: Sendable {
    public let algorithm: DigestAlgorithm
    /// From the leaves to the root, which stands alone.
    private let levels: [[[UInt8]]]

    /// - Parameter leaves: One at least, each a digest by `algorithm`.
    public init(leaves: [[UInt8]], algorithm: DigestAlgorithm) {
        precondition(!leaves.isEmpty, "A hash tree has leaves.")
        self.algorithm = algorithm
        var levels = [leaves]
        while levels[levels.count - 1].count > 1 {
            let below = levels[levels.count - 1]
            levels.append(
                stride(from: 0, to: below.count, by: 2).map { left in
                    Self.join(Array(below[left..<min(left + 2, below.count)]), algorithm)
                }
            )
        }
        self.levels = levels
    }

    /// What is timestamped.
    public var root: [UInt8] { levels[levels.count - 1][0] }

    /// The lists of hash values that lead from one leaf to the root; none where the leaf is the root.
    ///
    /// - Parameter index: Of the leaf.
    public func reducedHashTree(ofLeafAt index: Int) -> [[[UInt8]]] {
        guard levels.count > 1 else { return [] }
        var lists = [[levels[0][index]]]
        var position = index
        for level in levels.dropLast() {
            let sibling = position ^ 1
            if sibling < level.count { lists.append([level[sibling]]) }
            position >>= 1
        }
        return lists
    }

    /// The digest of the values in ascending order; one value alone stands for itself (RFC 4998, 4.2).
    static func join(_ values: [[UInt8]], _ algorithm: DigestAlgorithm) -> [UInt8] {
        guard values.count > 1 else { return values[0] }
        return algorithm.digest(of: Array(values.sorted { $0.lexicographicallyPrecedes($1) }.joined()))
    }
}
