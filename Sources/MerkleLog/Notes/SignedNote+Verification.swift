extension SignedNote {
    /// Checks every line that names a trusted key. Lines of other keys are ignored, and so is a further line of a key
    /// whose signature was already found good.
    ///
    /// - Parameter keys: Those whose word counts. A key of an unknown algorithm never counts.
    /// - Throws: ``NoteError`` with code `.invalidSignature` or `.untrusted`.
    ///
    /// Source: C2SP signed-note, "Signatures"; golang.org/x/mod/sumdb/note for repeated lines.
    public func verified(by keys: [VerifierKey]) throws(NoteError) -> VerifiedNote {
        var verified: [VerifiedSignature] = []
        for signature in signatures {
            let named = keys.filter { $0.isKnown && $0.isNamed(by: signature) }
            guard !named.isEmpty, !verified.contains(where: { $0.key.isNamed(by: signature) }) else { continue }
            guard let found = named.lazy.compactMap({ $0.verified(signature, for: text) }).first else {
                throw NoteError(.invalidSignature, "The signature of \(signature.name) is not for this text.")
            }
            verified.append(found)
        }
        guard !verified.isEmpty else { throw NoteError(.untrusted, "No trusted key has signed the note.") }
        return VerifiedNote(note: self, signatures: verified)
    }

    /// Checks that this is a checkpoint of the log with this key, signed by it, whose name is the checkpoint's origin.
    ///
    /// - Parameter witnesses: Keys whose cosignatures are to be checked and listed when they are there.
    /// - Throws: ``NoteError`` with code `.invalidSignature`, `.untrusted`, `.malformedCheckpoint` or `.wrongOrigin`.
    public func verifiedCheckpoint(
        log: VerifierKey,
        witnesses: [VerifierKey] = []
    ) throws(NoteError) -> VerifiedCheckpoint {
        let note = try verified(by: [log] + witnesses)
        guard note.isSigned(by: log) else { throw NoteError(.untrusted, "The log has not signed the checkpoint.") }
        let checkpoint = try Checkpoint(parsing: text)
        // By bytes: strings of different bytes may be equal to Swift.
        guard checkpoint.origin.utf8.elementsEqual(log.name.utf8) else {
            throw NoteError(.wrongOrigin, "The checkpoint is of \(checkpoint.origin), not of \(log.name).")
        }
        let cosignatures = note.signatures.filter { $0.key != log }
        return VerifiedCheckpoint(checkpoint: checkpoint, note: self, cosignatures: cosignatures)
    }
}
