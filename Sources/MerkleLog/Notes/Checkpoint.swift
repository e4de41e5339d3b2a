public import Bytes

/// What a log commits to: its origin, and its tree's size and root.
///
/// Source: C2SP tlog-checkpoint.
public struct Checkpoint: Equatable, Sendable {
    /// The log's permanent name: one line, not empty.
    public let origin: String
    public let size: TreeSize
    public let root: Digest256
    /// Kept, signed and not interpreted; none is empty.
    public let extensionLines: [String]

    /// - Throws: ``NoteError`` with code `.malformedCheckpoint` when the origin or an extension line is empty or holds
    ///   a control character.
    public init(
        origin: String,
        size: TreeSize,
        root: Digest256,
        extensionLines: [String] = []
    ) throws(NoteError) {
        guard ([origin] + extensionLines).allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { $0 >= 0x20 } }) else {
            throw NoteError(.malformedCheckpoint, "A checkpoint's lines are not empty and hold no control characters.")
        }
        self.origin = origin
        self.size = size
        self.root = root
        self.extensionLines = extensionLines
    }

    /// - Parameter text: A note's text, with its final newline.
    /// - Throws: ``NoteError`` with code `.malformedCheckpoint`.
    public init(parsing text: String) throws(NoteError) {
        let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map(Substring.init)
        guard lines.count >= 4, lines.last?.isEmpty == true, let size = Decimal.parse(lines[1]),
            let root = Base64.decode(lines[2]).flatMap({ Digest256($0) })
        else { throw NoteError(.malformedCheckpoint, "A checkpoint is lines of origin, size and root.") }
        try self.init(
            origin: String(lines[0]),
            size: TreeSize(size),
            root: root,
            extensionLines: lines.dropFirst(3).dropLast().map(String.init)
        )
    }

    /// The note text to sign: each line with its newline.
    public var text: String {
        ([origin, size.description, Base64.encode(root.bytes)] + extensionLines).map { $0 + "\n" }.joined()
    }

    /// - Throws: ``NoteError`` with code `.wrongAlgorithm` for a cosigner's key, or `.signingFailed`.
    public func signed(by key: SignerKey) throws(NoteError) -> SignedNote {
        try SignedNote(signing: text, with: key)
    }
}
