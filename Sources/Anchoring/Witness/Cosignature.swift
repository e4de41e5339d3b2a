public import MerkleLog

/// A witness's line over a checkpoint, checked. Only ``Cosignature/init(line:over:by:)`` makes one.
public struct Cosignature: Equatable, Sendable {
    /// The largest time that a cosignature may claim (C2SP tlog-cosignature).
    private static let latestSeconds = UInt64(Int64.max)

    public let line: NoteSignature
    public let key: VerifierKey
    /// When the witness says that it signed, in seconds since 1970.
    public let timestampSeconds: UInt64

    /// - Parameters:
    ///   - text: The checkpoint's note text.
    ///   - keys: Those whose word counts, of algorithm `.cosignature`.
    /// - Returns: `nil` when the line names none of the keys, or does not hold.
    public init?(line: NoteSignature, over text: String, by keys: [VerifierKey]) {
        let cosigners = keys.filter { $0.algorithm == .cosignature }
        guard let note = try? SignedNote(text: text, signatures: [line]),
            let signature = (try? note.verified(by: cosigners))?.signatures.first,
            let seconds = signature.timestampSeconds, seconds <= Self.latestSeconds
        else { return nil }
        self.line = line
        key = signature.key
        timestampSeconds = seconds
    }
}
