import Bytes
import OpenSSL

/// The hashes of RFC 6962, section 2.1, and which of them a root or a proof is made of.
///
/// A *node* is a subtree whose leaves are all there: `node(height, index)` spans the leaves
/// `index << height ..< (index + 1) << height`.
enum TreeHash {
    /// The root of the tree without leaves: SHA-256 of nothing.
    static let emptyRoot = SHA256.digest(of: [])

    static func parent(_ left: Digest256, _ right: Digest256) -> Digest256 {
        SHA256.digest(prefix: 1, left, right)
    }

    static func root<Failure: Error>(
        size: UInt64,
        node: (Int, UInt64) throws(Failure) -> Digest256
    ) throws(Failure) -> Digest256 {
        try edge(of: size, node: node) ?? emptyRoot
    }

    /// The hash over the last `remainder` leaves of a tree of `size`, where a perfect subtree ends before them.
    ///
    /// - Parameter mask: Which low bits of `size` make up the remainder.
    /// - Returns: `nil` when there is no such leaf.
    private static func edge<Failure: Error>(
        of size: UInt64,
        mask: UInt64 = .max,
        node: (Int, UInt64) throws(Failure) -> Digest256
    ) throws(Failure) -> Digest256? {
        var hash: Digest256?
        var bits = size & mask
        while bits != 0 {
            let height = bits.trailingZeroBitCount
            let perfect = try node(height, (size >> UInt64(height)) - 1)
            hash = hash.map { parent(perfect, $0) } ?? perfect
            bits &= bits - 1
        }
        return hash
    }

    /// The siblings met on the way from the node at `height` above leaf `index` up to the root of a tree of `size`,
    /// lowest first: an RFC 6962 inclusion proof when `height` is 0.
    static func siblings<Failure: Error>(
        above index: UInt64,
        from height: Int = 0,
        size: UInt64,
        node: (Int, UInt64) throws(Failure) -> Digest256
    ) throws(Failure) -> [Digest256] {
        var hashes: [Digest256] = []
        var height = height
        while height < UInt64.bitWidth, (size - 1) >> UInt64(height) > 0 {
            let sibling = index >> UInt64(height) ^ 1
            let last = (size - 1) >> UInt64(height)
            let mask: UInt64 = 1 << UInt64(height) - 1
            if sibling < last || (sibling == last && size & mask == 0) {
                hashes.append(try node(height, sibling))
            } else if sibling == last, let edge = try edge(of: size, mask: mask, node: node) {
                hashes.append(edge)
            }
            height += 1
        }
        return hashes
    }
}
