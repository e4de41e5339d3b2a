/// Text with signature lines below it, not checked yet.
///
/// Source: C2SP signed-note v1.
public struct SignedNote: Equatable, Sendable {
    /// Far above a checkpoint with a hundred of the largest signatures.
    public static let maximumByteCount = 1 << 20
    /// The limit of golang.org/x/mod; the format asks readers for at least 16.
    public static let maximumSignatureCount = 100

    /// Ends with a newline; the blank line below it is not part of it.
    public let text: String
    /// In the order of the lines; at least one.
    public private(set) var signatures: [NoteSignature]

    /// - Throws: ``NoteError`` with code `.malformedNote` or `.tooLarge`.
    public init(text: String, signatures: [NoteSignature]) throws(NoteError) {
        self.text = text
        self.signatures = signatures
        try check()
    }

    /// - Throws: ``NoteError`` with code `.malformedNote` or `.tooLarge`.
    public init(parsing bytes: [UInt8]) throws(NoteError) {
        guard bytes.count <= Self.maximumByteCount else { throw Self.tooLarge }
        guard let note = String(validating: bytes, as: UTF8.self) else {
            throw NoteError(.malformedNote, "A note is UTF-8.")
        }
        let characters = note.utf8
        guard let blankLine = Self.lastBlankLine(in: characters), characters.last == Self.newline else {
            throw NoteError(.malformedNote, "A note is text, a blank line and signature lines that end in newlines.")
        }
        let lines = note[characters.index(after: blankLine)...].utf8.dropLast()
            .split(separator: Self.newline, maxSplits: Self.maximumSignatureCount, omittingEmptySubsequences: false)
        guard lines.count <= Self.maximumSignatureCount else { throw Self.tooLarge }
        text = String(note[..<blankLine])
        signatures = []
        for line in lines { signatures.append(try NoteSignature(parsing: Substring(line))) }
        try check()
    }

    /// - Throws: ``NoteError`` with code `.malformedNote`, `.tooLarge`, `.wrongAlgorithm` for a cosigner's key, or
    ///   `.signingFailed`.
    public init(signing text: String, with key: SignerKey) throws(NoteError) {
        try self.init(text: text, signatures: [key.signature(for: text)])
    }

    /// Adds a witness's line below the others.
    ///
    /// - Parameter timestampSeconds: The cosigner's clock, in seconds since 1970.
    /// - Throws: ``NoteError`` with code `.wrongAlgorithm` unless the key is a cosigner's, `.tooLarge` or
    ///   `.signingFailed`.
    public mutating func cosign(with key: SignerKey, timestampSeconds: UInt64) throws(NoteError) {
        try append(key.cosignature(for: text, timestampSeconds: timestampSeconds))
    }

    /// Adds a line made elsewhere, unchecked.
    ///
    /// - Throws: ``NoteError`` with code `.tooLarge`; the note is then as before.
    public mutating func append(_ signature: NoteSignature) throws(NoteError) {
        self = try Self(text: text, signatures: signatures + [signature])
    }

    /// The whole note. Of a parsed note, byte for byte what was parsed.
    public var bytes: [UInt8] {
        var bytes = Array(text.utf8) + [Self.newline]
        for signature in signatures { bytes += Array(signature.line.utf8) + [Self.newline] }
        return bytes
    }

    private static let newline = UInt8(ascii: "\n")
    private static let tooLarge = NoteError(
        .tooLarge,
        "A note has at most \(maximumByteCount) bytes and \(maximumSignatureCount) signatures."
    )

    /// - Returns: The second of the last two newlines in a row.
    private static func lastBlankLine(in characters: String.UTF8View) -> String.Index? {
        var isAfterNewline = false
        for index in characters.indices.reversed() {
            let isNewline = characters[index] == newline
            if isNewline && isAfterNewline { return characters.index(after: index) }
            isAfterNewline = isNewline
        }
        return nil
    }

    private func check() throws(NoteError) {
        guard !signatures.isEmpty, text.utf8.last == Self.newline else {
            throw NoteError(.malformedNote, "A note is text that ends in a newline and at least one signature.")
        }
        guard text.utf8.allSatisfy({ $0 >= 0x20 || $0 == Self.newline }) else {
            throw NoteError(.malformedNote, "A note's text has no control characters but newlines.")
        }
        guard signatures.count <= Self.maximumSignatureCount, bytes.count <= Self.maximumByteCount else {
            throw Self.tooLarge
        }
    }
}
