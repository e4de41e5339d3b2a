import Bytes

/// One signature line of a note, by a key known or unknown.
public struct NoteSignature: Equatable, Sendable {
    /// Each line starts with an em dash.
    private static let dash = "\u{2014}"

    public let name: String
    public let keyID: UInt32
    /// What follows the key's identifier, at least one byte.
    public let bytes: [UInt8]

    init(name: String, keyID: UInt32, bytes: [UInt8]) {
        self.name = name
        self.keyID = keyID
        self.bytes = bytes
    }

    /// - Parameter line: Without its newline.
    /// - Throws: ``NoteError`` with code `.malformedNote`.
    public init(parsing line: some StringProtocol) throws(NoteError) {
        let parts = Substring(line).utf8.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
            .map(Substring.init)
        guard parts.count == 3, parts[0] == Self.dash, KeyName.isValid(parts[1]),
            let decoded = Base64.decode(parts[2]), decoded.count > 4
        else { throw NoteError(.malformedNote, "A signature line is an em dash, a key's name and base64.") }
        name = String(parts[1])
        keyID = decoded.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
        bytes = Array(decoded.dropFirst(4))
    }

    /// The line without its newline. Base64 is strict, so this is byte for byte what was parsed.
    public var line: String {
        var decoded: [UInt8] = []
        decoded.append(bigEndian: keyID)
        return "\(Self.dash) \(name) \(Base64.encode(decoded + bytes))"
    }

    /// A cosignature's claim of when it was made, in seconds since 1970: its first eight bytes. `nil` when shorter.
    var timestampSeconds: UInt64? {
        var reader = ByteReader(bytes)
        return reader.read(bigEndian: UInt64.self)
    }
}
