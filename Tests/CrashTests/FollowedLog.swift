import Bytes
import MerkleLog
import Programs

/// The log as one who follows it over HTTP knows it: all its leaves so far, read once, and the roots they give.
struct FollowedLog {
    private(set) var leaves: [LeafHash] = []
    private var frontier = Frontier()

    struct Broken: Error, CustomStringConvertible {
        let description: String
    }

    /// Reads what is new, and expects that what was there is still there and that the entries give the root that the
    /// newest checkpoint has.
    ///
    /// - Parameter seen: Checkpoints that clients have seen since the last time.
    /// - Returns: Those of them that are not of this log.
    mutating func follow(_ client: Client, key: VerifierKey, seen: [Checkpoint]) async throws -> [Checkpoint] {
        let newest = try Self.checkpoint(try await client.get("/log/checkpoint").text, key)
        guard newest.size.value >= UInt64(leaves.count) else {
            throw Broken(description: "The log shrank from \(leaves.count) to \(newest.size).")
        }
        var roots: [UInt64: Digest256] = [:]
        let sizes = Set(seen.map(\.size.value))
        var bundle = UInt64(leaves.count / TileID.fullWidth)
        while bundle * UInt64(TileID.fullWidth) < newest.size.value {
            try await read(bundle, of: newest.size, client, sizes, &roots)
            bundle += 1
        }
        guard UInt64(leaves.count) == newest.size.value, frontier.root == newest.root else {
            throw Broken(description: "The entries give another root than the checkpoint of size \(newest.size).")
        }
        // Those that were passed before are judged with all others at the end.
        return seen.filter { checkpoint in
            guard checkpoint.size <= newest.size else { return true }
            return roots[checkpoint.size.value].map { $0 != checkpoint.root } ?? false
        }
    }

    /// Checkpoints whose root is not that of so many of the leaves.
    func inconsistent(_ checkpoints: [Checkpoint]) -> [Checkpoint] {
        var roots: [UInt64: Digest256] = [0: Frontier().root]
        let sizes = Set(checkpoints.map(\.size.value))
        var frontier = Frontier()
        for leaf in leaves {
            frontier.append(leaf)
            if sizes.contains(frontier.size.value) { roots[frontier.size.value] = frontier.root }
        }
        return checkpoints.filter { roots[$0.size.value] != $0.root }
    }

    static func checkpoint(_ note: String, _ key: VerifierKey) throws -> Checkpoint {
        try SignedNote(parsing: Array(note.utf8)).verifiedCheckpoint(log: key).checkpoint
    }

    private mutating func read(
        _ number: UInt64,
        of size: TreeSize,
        _ client: Client,
        _ sizes: Set<UInt64>,
        _ roots: inout [UInt64: Digest256]
    ) async throws {
        let path = TilePath.entries(index: number, width: TileID(level: 0, index: number).width(in: size)).text
        let answer = try await client.get("/log/\(path)")
        guard answer.status == 200 else { throw Broken(description: "\(path): \(answer.status)") }
        for (offset, entry) in try EntryBundle(decoding: answer.bytes).entries.enumerated() {
            let leaf = LeafHash(entry: entry)
            let index = Int(number) * TileID.fullWidth + offset
            if index < leaves.count {
                guard leaves[index] == leaf else { throw Broken(description: "Entry \(index) has changed.") }
                continue
            }
            leaves.append(leaf)
            frontier.append(leaf)
            if sizes.contains(frontier.size.value) { roots[frontier.size.value] = frontier.root }
        }
    }
}
