/// A note that at least one trusted key has signed. Only ``SignedNote`` makes one.
public struct VerifiedNote: Equatable, Sendable {
    public let note: SignedNote
    /// One for each trusted key that signed, in the order of the note's lines; never empty.
    public let signatures: [VerifiedSignature]

    init(note: SignedNote, signatures: [VerifiedSignature]) {
        self.note = note
        self.signatures = signatures
    }

    public var text: String { note.text }

    public func isSigned(by key: VerifierKey) -> Bool { signatures.contains { $0.key == key } }
}
