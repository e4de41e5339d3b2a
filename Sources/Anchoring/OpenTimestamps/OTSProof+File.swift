public import Bytes
public import MerkleLog
import OpenSSL

extension OTSProof {
    /// The proof of a registered file itself: its digest, spelled out in the record, whose digest is spelled out in the
    /// entry, which is a leaf under the checkpoint's root. All of it in operations that the stock client computes.
    ///
    /// - Parameters:
    ///   - digest: The file's SHA-256, as it stands in `record`.
    ///   - record: The bytes of `record.json`.
    ///   - entry: The bytes that the record put in the log.
    ///   - inclusion: Of the entry in `checkpoint`.
    ///   - proof: Of `checkpoint`, by the way of ``OpenTimestamps/commitment(to:)``.
    /// - Throws: ``OTSError`` with `.recordUnsuitable`, `.differentMessages` or `.tooDeep`.
    public init(
        file digest: Digest256,
        record: [UInt8],
        entry: [UInt8],
        inclusion: InclusionProof,
        checkpoint: OutgoingCheckpoint,
        proof: OTSProof
    ) throws(OTSError) {
        guard record.count <= OTSOperation.messageLimitBytes else {
            throw OTSError(
                .recordUnsuitable,
                "The record has \(record.count) bytes, and an OpenTimestamps operation carries 4,096 at most: "
                    + "use the proof of checkpoint.signed in the evidence file."
            )
        }
        guard let commitment = proof.commitment(of: checkpoint) else {
            throw OTSError(.differentMessages, "The proof is not for this checkpoint, or goes another way.")
        }
        let operations =
            try Self.spelling(of: digest, in: record) + [.sha256]
            + Self.spelling(of: SHA256.digest(of: record), in: entry) + [.prepend([0]), .sha256]
            + Self.path(inclusion) + [.append(checkpoint.signedDigest.bytes), .sha256]
        let timestamp = try OTSTimestamp(message: digest.bytes, by: operations, to: commitment)
        guard timestamp.depth <= OTSTimestamp.depthLimit else {
            throw OTSError(.tooDeep, "The proof has more steps than the stock client follows.")
        }
        try self.init(sha256: digest, timestamp: timestamp)
    }

    /// From a digest to the text that spells it in lower-case hexadecimal.
    private static func spelling(of digest: Digest256, in text: [UInt8]) throws(OTSError) -> [OTSOperation] {
        guard let place = text.firstRange(of: Array(digest.hex.utf8)) else {
            throw OTSError(.recordUnsuitable, "The record or its entry does not spell the digest out.")
        }
        let (before, after) = (Array(text[..<place.lowerBound]), Array(text[place.upperBound...]))
        return [.hexlify] + (before.isEmpty ? [] : [.prepend(before)]) + (after.isEmpty ? [] : [.append(after)])
    }

    /// From a leaf hash to the root (RFC 9162, 2.1.3.2): a node is SHA-256(0x01 ‖ left ‖ right).
    private static func path(_ proof: InclusionProof) -> [OTSOperation] {
        var operations: [OTSOperation] = []
        var (node, last) = (proof.index.value, proof.size.value &- 1)
        for hash in proof.hashes {
            if node & 1 == 1 || node == last {
                operations.append(.prepend([1] + hash.bytes))
                while node & 1 == 0 && node != 0 { (node, last) = (node >> 1, last >> 1) }
            } else {
                operations += [.append(hash.bytes), .prepend([1])]
            }
            operations.append(.sha256)
            (node, last) = (node >> 1, last >> 1)
        }
        return operations
    }
}

extension OTSTimestamp {
    /// Messages on its longest path.
    var depth: Int { 1 + (branches.map(\.timestamp.depth).max() ?? 0) }
}
