/// How a key signs a note: the byte before the key in its text form. Values not named here are kept as they are.
public struct NoteAlgorithm: RawRepresentable, Hashable, Sendable {
    /// Ed25519 over the note's text.
    public static let ed25519 = Self(rawValue: 0x01)
    /// Ed25519 over a time and the text: a witness's cosignature.
    public static let cosignature = Self(rawValue: 0x04)

    public let rawValue: UInt8

    public init(rawValue: UInt8) { self.rawValue = rawValue }

    var isKnown: Bool { self == .ed25519 || self == .cosignature }
}
