import MerkleLog
import OpenSSL

/// What a witness cosigned last of one log.
struct LogState: Sendable {
    let checkpoint: Checkpoint
    /// The checkpoint with the log's lines and the witness's own.
    let note: SignedNote
    /// By the witness's clock, in seconds since 1970.
    let timestampSeconds: UInt64

    /// - Parameter note: Without the witness's line.
    /// - Throws: ``WitnessingError`` with code `.io` when the key cannot sign.
    init(
        _ checkpoint: Checkpoint,
        note: SignedNote?,
        cosignedBy key: SignerKey,
        timestampSeconds: UInt64
    ) throws(WitnessingError) {
        do throws(NoteError) {
            let line = try key.cosignature(for: note?.text ?? checkpoint.text, timestampSeconds: timestampSeconds)
            self.note = try SignedNote(
                text: note?.text ?? checkpoint.text,
                signatures: (note?.signatures ?? []) + [line]
            )
        } catch {
            throw WitnessingError(.io, error.message)
        }
        self.checkpoint = checkpoint
        self.timestampSeconds = timestampSeconds
    }

    /// The state of a log of which nothing was cosigned yet.
    static func empty(origin: String, cosignedBy key: SignerKey, nowSeconds: UInt64) throws(WitnessingError) -> Self {
        guard let checkpoint = try? Checkpoint(origin: origin, size: .empty, root: SHA256.digest(of: [])) else {
            throw WitnessingError(.invalidKey, "The key's name cannot be an origin.")
        }
        return try Self(checkpoint, note: nil, cosignedBy: key, timestampSeconds: nowSeconds)
    }

    /// - Returns: `nil` unless the bytes are a checkpoint of this log that the witness itself cosigned.
    init?(parsing bytes: [UInt8], origin: String, cosigner: VerifierKey) {
        guard let note = try? SignedNote(parsing: bytes), let verified = try? note.verified(by: [cosigner]),
            let timestampSeconds = verified.signatures.first?.timestampSeconds,
            let checkpoint = try? Checkpoint(parsing: note.text), checkpoint.origin.utf8.elementsEqual(origin.utf8)
        else { return nil }
        self.checkpoint = checkpoint
        self.note = note
        self.timestampSeconds = timestampSeconds
    }

    /// The witness's own line.
    var cosignature: NoteSignature? { note.signatures.last }
}
