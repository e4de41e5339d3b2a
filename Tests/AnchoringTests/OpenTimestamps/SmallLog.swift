import Anchoring
import Bytes
import MerkleLog
import OpenSSL

/// A checkpoint over the leaves given, with what leads from one of them to its root.
struct SmallLog {
    let leaves: [[UInt8]]

    var checkpoint: OutgoingCheckpoint {
        let root = Self.root(leaves[...])
        let signed = Array("log.example/one\n\(leaves.count)\n\(Base64.encode(root.bytes))\n\n— a line\n".utf8)
        return OutgoingCheckpoint(origin: "log.example/one", size: UInt64(leaves.count), root: root, signed: signed)
    }

    func inclusion(of index: Int) -> InclusionProof {
        InclusionProof(
            index: LeafIndex(UInt64(index)),
            size: TreeSize(UInt64(leaves.count)),
            hashes: Self.path(to: index, leaves[...])
        )
    }

    // RFC 9162, 2.1.1 and 2.1.3.1, as written there.
    private static func root(_ leaves: ArraySlice<[UInt8]>) -> Digest256 {
        if leaves.count == 1 { return SHA256.digest(prefix: 0, leaves[leaves.startIndex]) }
        let middle = leaves.startIndex + split(leaves.count)
        return SHA256.digest(prefix: 1, root(leaves[..<middle]), root(leaves[middle...]))
    }

    private static func path(to index: Int, _ leaves: ArraySlice<[UInt8]>) -> [Digest256] {
        if leaves.count == 1 { return [] }
        let middle = leaves.startIndex + split(leaves.count)
        return leaves.startIndex + index < middle
            ? path(to: index, leaves[..<middle]) + [root(leaves[middle...])]
            : path(to: leaves.startIndex + index - middle, leaves[middle...]) + [root(leaves[..<middle])]
    }

    private static func split(_ count: Int) -> Int {
        var power = 1
        while power * 2 < count { power *= 2 }
        return power
    }
}
