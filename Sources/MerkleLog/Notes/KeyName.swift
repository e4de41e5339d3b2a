import Bytes
import OpenSSL

/// The rules for a key's name and identifier that private and public keys share.
///
/// Source: C2SP signed-note, "Format" and "Signatures".
enum KeyName {
    static func isValid(_ name: some StringProtocol) -> Bool {
        !name.isEmpty
            && name.unicodeScalars.allSatisfy { !$0.properties.isWhitespace && $0 != "+" && $0.value >= 0x20 }
    }

    /// The first four bytes of SHA-256(name ‖ newline ‖ algorithm ‖ public key).
    static func keyID(_ name: String, _ algorithm: NoteAlgorithm, publicKey: [UInt8]) -> UInt32 {
        let preimage = Array(name.utf8) + [0x0A, algorithm.rawValue] + publicKey
        return UInt32(truncatingIfNeeded: SHA256.digest(of: preimage).bigEndianWords.0 >> 32)
    }

    /// `name+<8 hex digits>+base64(algorithm ‖ key)`, as public keys are written and private ones end.
    static func text(_ name: String, _ keyID: UInt32, _ algorithm: NoteAlgorithm, key: [UInt8]) -> String {
        var identifier: [UInt8] = []
        identifier.append(bigEndian: keyID)
        return "\(name)+\(Hex.encode(identifier))+\(Base64.encode([algorithm.rawValue] + key))"
    }

    static func parse(
        _ text: some StringProtocol
    ) throws(NoteError) -> (name: String, keyID: UInt32, algorithm: NoteAlgorithm, key: [UInt8]) {
        // The base64 may hold a plus as well: only the first two separate.
        let parts = text.split(separator: "+" as Character, maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, isValid(parts[0]),
            let identifier = Hex.decode(parts[1]), identifier.count == 4,
            let key = Base64.decode(parts[2]), let algorithm = key.first
        else { throw NoteError(.malformedKey, "A key is a name, eight hex digits and base64, with + between.") }
        let keyID = identifier.reduce(0) { $0 << 8 | UInt32($1) }
        return (String(parts[0]), keyID, NoteAlgorithm(rawValue: algorithm), Array(key.dropFirst()))
    }
}
