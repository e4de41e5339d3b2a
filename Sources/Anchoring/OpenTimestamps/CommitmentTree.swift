public import Bytes
import OpenSSL

/// The tree that a calendar makes of a round: pairs are joined by SHA-256, and who is left over goes up as it is.
///
/// Source: python-opentimestamps, `make_merkle_tree`.
public struct CommitmentTree: Sendable {
    private let levels: [[Digest256]]

    /// - Precondition: There is at least one leaf.
    public init(_ leaves: [Digest256]) {
        precondition(!leaves.isEmpty, "A round has commitments.")
        var levels = [leaves]
        while let level = levels.last, level.count > 1 {
            levels.append(
                stride(from: 0, to: level.count, by: 2).map { place in
                    place + 1 < level.count
                        ? SHA256.digest(of: level[place].bytes + level[place + 1].bytes) : level[place]
                }
            )
        }
        self.levels = levels
    }

    public var root: Digest256 { levels[levels.count - 1][0] }

    /// From a leaf to the root.
    ///
    /// - Precondition: There is a leaf at `index`.
    public func operations(from index: Int) -> [OTSOperation] {
        var operations: [OTSOperation] = []
        var place = index
        for level in levels.dropLast() {
            let sibling = place ^ 1
            if sibling < level.count {
                let bytes = level[sibling].bytes
                operations += [sibling < place ? .prepend(bytes) : .append(bytes), .sha256]
            }
            place /= 2
        }
        return operations
    }
}
