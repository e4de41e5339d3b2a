public import Bytes
public import MerkleLog

/// What a log asks of a witness: cosign this checkpoint, which extends the one that you cosigned last.
///
/// Source: C2SP tlog-witness, "add-checkpoint".
public struct AddCheckpointRequest: Equatable, Sendable {
    /// Where requests go, below the witness's submission prefix.
    public static let path = "add-checkpoint"
    /// Far above 63 proof lines and a checkpoint with a dozen of the largest signatures.
    public static let limitBytes = 64 << 10
    /// A proof in a tree of 2^64 leaves has no more (C2SP tlog-witness).
    public static let maximumProofLineCount = 63

    /// The size that the witness cosigned last; 0 when it never did, or when that is to be found out.
    public let oldSize: TreeSize
    /// A consistency proof (RFC 6962, 2.1.2) from the old size to the checkpoint's; empty when the old size is 0.
    public let proof: [Digest256]
    /// Unchecked.
    public let checkpoint: SignedNote

    /// - Throws: ``WitnessError`` with code `.tooLarge`.
    public init(oldSize: TreeSize, proof: [Digest256], checkpoint: SignedNote) throws(WitnessError) {
        guard proof.count <= Self.maximumProofLineCount else { throw Self.tooManyLines }
        self.oldSize = oldSize
        self.proof = proof
        self.checkpoint = checkpoint
        guard bytes.count <= Self.limitBytes else { throw Self.tooLarge }
    }

    /// - Throws: ``WitnessError`` with code `.malformedRequest` or `.tooLarge`.
    public init(parsing bytes: [UInt8]) throws(WitnessError) {
        guard bytes.count <= Self.limitBytes else { throw Self.tooLarge }
        guard let blankLine = zip(bytes, bytes.dropFirst()).enumerated().first(where: { $0.element == (0x0A, 0x0A) })
        else { throw Self.malformed }
        let lines = bytes[..<blankLine.offset].split(separator: 0x0A, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        guard let first = lines.first, first.hasPrefix(Self.oldPrefix),
            let oldSize = TreeSize(parsing: first.dropFirst(Self.oldPrefix.count))
        else { throw Self.malformed }
        guard lines.count - 1 <= Self.maximumProofLineCount else { throw Self.tooManyLines }
        var proof: [Digest256] = []
        for line in lines.dropFirst() {
            guard let hash = Base64.decode(line).flatMap({ Digest256($0) }) else { throw Self.malformed }
            proof.append(hash)
        }
        do throws(NoteError) {
            checkpoint = try SignedNote(parsing: Array(bytes[(blankLine.offset + 2)...]))
        } catch {
            throw WitnessError(error.code == .tooLarge ? .tooLarge : .malformedRequest, error.message)
        }
        self.oldSize = oldSize
        self.proof = proof
    }

    /// The request's body.
    public var bytes: [UInt8] {
        let lines = [Self.oldPrefix + oldSize.description] + proof.map { Base64.encode($0.bytes) }
        return Array((lines.joined(separator: "\n") + "\n\n").utf8) + checkpoint.bytes
    }

    private static let oldPrefix = "old "
    private static let malformed = WitnessError(
        .malformedRequest,
        "A request is the line `old` with a size, lines of base64 hashes, an empty line and a signed checkpoint."
    )
    private static let tooLarge = WitnessError(.tooLarge, "A request has at most \(limitBytes) bytes.")
    private static let tooManyLines = WitnessError(
        .tooLarge,
        "A request has at most \(maximumProofLineCount) lines of proof."
    )
}
