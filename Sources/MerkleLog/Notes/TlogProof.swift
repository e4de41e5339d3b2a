public import Bytes

/// A leaf's inclusion proof together with the checkpoint that it leads to, in one text, not checked yet.
///
/// Source: C2SP tlog-proof@v1.
public struct TlogProof: Equatable, Sendable {
    private static let header = "c2sp.org/tlog-proof@v1"
    /// The path in the tallest tree there can be.
    private static let maximumHashCount = 64

    /// What the application put beside the proof; nothing vouches for it. `nil` when there is no such line.
    public let extra: [UInt8]?
    public let index: LeafIndex
    /// From the leaf's sibling up to the root's child.
    public let hashes: [Digest256]
    /// The checkpoint with its signatures.
    public let note: SignedNote

    public init(extra: [UInt8]? = nil, index: LeafIndex, hashes: [Digest256], note: SignedNote) {
        self.extra = extra
        self.index = index
        self.hashes = hashes
        self.note = note
    }

    /// - Throws: ``NoteError`` with code `.malformedProof`, `.malformedNote` or `.tooLarge`.
    public init(parsing bytes: [UInt8]) throws(NoteError) {
        let newline = UInt8(ascii: "\n")
        // Header, extra, index, hashes, the blank line; everything after that is the note.
        var rest = bytes[...]
        var lines: [String] = []
        while let end = rest.firstIndex(of: newline), end != rest.startIndex, lines.count < Self.maximumHashCount + 3 {
            guard let line = String(validating: rest[..<end], as: UTF8.self) else { throw Self.malformed }
            lines.append(line)
            rest = rest[(end + 1)...]
        }
        guard rest.first == newline, lines.first == Self.header else { throw Self.malformed }
        lines.removeFirst()
        extra = try lines.first.flatMap { Self.value("extra ", $0) }.map(Self.decoded)
        if extra != nil { lines.removeFirst() }
        guard let line = lines.first, let text = Self.value("index ", line), let index = Decimal.parse(text) else {
            throw Self.malformed
        }
        var hashes: [Digest256] = []
        for line in lines.dropFirst() {
            guard let hash = Digest256(try Self.decoded(line)) else { throw Self.malformed }
            hashes.append(hash)
        }
        self.index = LeafIndex(index)
        self.hashes = hashes
        note = try SignedNote(parsing: Array(rest.dropFirst()))
    }

    /// Of a parsed proof, byte for byte what was parsed.
    public var bytes: [UInt8] {
        var lines = [Self.header]
        if let extra { lines.append("extra \(Base64.encode(extra))") }
        lines.append("index \(index)")
        lines += hashes.map { Base64.encode($0.bytes) }
        return lines.flatMap { Array($0.utf8) + [UInt8(ascii: "\n")] } + [UInt8(ascii: "\n")] + note.bytes
    }

    /// Checks that the log has signed the checkpoint and that `leaf` is in its tree.
    ///
    /// - Parameter witnesses: Keys whose cosignatures are to be checked and listed when they are there.
    /// - Throws: ``NoteError`` with a code of ``SignedNote/verifiedCheckpoint(log:witnesses:)`` or `.invalidProof`,
    ///   with the ``MerkleError`` as its cause.
    public func verified(
        leaf: LeafHash,
        log: VerifierKey,
        witnesses: [VerifierKey] = []
    ) throws(NoteError) -> VerifiedTlogProof {
        let verified = try note.verifiedCheckpoint(log: log, witnesses: witnesses)
        let checkpoint = verified.checkpoint
        do throws(MerkleError) {
            let inclusion = try InclusionProof(index: index, size: checkpoint.size, hashes: hashes)
                .verify(leaf: leaf, root: checkpoint.root)
            return VerifiedTlogProof(checkpoint: verified, inclusion: inclusion)
        } catch {
            throw NoteError(.invalidProof, error.message, cause: error)
        }
    }

    private static let malformed = NoteError(
        .malformedProof,
        "Not a transparency-log proof: its header, index, hashes or blank line are not as they must be."
    )

    private static func value(_ key: String, _ line: String) -> Substring? {
        line.hasPrefix(key) ? line.dropFirst(key.count) : nil
    }

    private static func decoded(_ text: some StringProtocol) throws(NoteError) -> [UInt8] {
        guard let bytes = Base64.decode(text) else { throw malformed }
        return bytes
    }
}
