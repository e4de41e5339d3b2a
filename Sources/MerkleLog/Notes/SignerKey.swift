import Bytes
public import OpenSSL

/// A key to sign notes with. Written as `PRIVATE+KEY+name+<8 hex digits>+<base64>`, which is secret.
///
/// Source: golang.org/x/mod/sumdb/note; C2SP tlog-cosignature.
public struct SignerKey: Sendable, CustomStringConvertible {
    private static let prefix = "PRIVATE+KEY+"

    public let verifierKey: VerifierKey
    private let privateKey: Ed25519PrivateKey

    /// - Throws: ``NoteError`` with code `.malformedKey` unless the name is valid and the algorithm known.
    public init(
        name: String,
        algorithm: NoteAlgorithm = .ed25519,
        privateKey: Ed25519PrivateKey
    ) throws(NoteError) {
        self.privateKey = privateKey
        verifierKey = try VerifierKey(name: name, algorithm: algorithm, publicKey: privateKey.publicKey)
    }

    /// A new key from the operating system's randomness.
    ///
    /// - Throws: ``NoteError`` with code `.malformedKey` or `.signingFailed`.
    public static func generate(name: String, algorithm: NoteAlgorithm = .ed25519) throws(NoteError) -> Self {
        let privateKey: Ed25519PrivateKey
        do throws(OpenSSLError) {
            privateKey = try Ed25519PrivateKey.generate()
        } catch {
            throw NoteError(.signingFailed, "No new key could be made.", cause: error)
        }
        return try Self(name: name, algorithm: algorithm, privateKey: privateKey)
    }

    /// - Throws: ``NoteError`` with code `.malformedKey`. The message never shows the text.
    public init(parsing text: some StringProtocol) throws(NoteError) {
        guard text.hasPrefix(Self.prefix) else {
            throw NoteError(.malformedKey, "A private key starts with \(Self.prefix).")
        }
        let parsed = try KeyName.parse(text.dropFirst(Self.prefix.count))
        do throws(OpenSSLError) {
            privateKey = try Ed25519PrivateKey(seed: parsed.key)
        } catch {
            throw NoteError(.malformedKey, "The private key named \(parsed.name) is not 32 bytes.", cause: error)
        }
        verifierKey = try VerifierKey(
            name: parsed.name,
            algorithm: parsed.algorithm,
            publicKey: privateKey.publicKey
        )
        guard verifierKey.keyID == parsed.keyID else {
            throw NoteError(.malformedKey, "The identifier of the key named \(parsed.name) does not belong to it.")
        }
    }

    public var name: String { verifierKey.name }

    /// The secret text form. Keep it out of logs and of the database.
    public var privateText: String {
        Self.prefix + KeyName.text(name, verifierKey.keyID, verifierKey.algorithm, key: privateKey.seed)
    }

    /// The public half, so that a key that slips into a message shows nothing secret.
    public var description: String { verifierKey.text }

    /// - Throws: ``NoteError`` with code `.wrongAlgorithm` for a cosigner's key, or `.signingFailed`.
    public func signature(for text: String) throws(NoteError) -> NoteSignature {
        try require(.ed25519)
        return line(try sign(Array(text.utf8)))
    }

    /// - Throws: ``NoteError`` with code `.wrongAlgorithm` unless the key is a cosigner's, or `.signingFailed`.
    public func cosignature(for text: String, timestampSeconds: UInt64) throws(NoteError) -> NoteSignature {
        try require(.cosignature)
        var bytes: [UInt8] = []
        bytes.append(bigEndian: timestampSeconds)
        return line(bytes + (try sign(CosignedMessage.bytes(text, timestampSeconds: timestampSeconds))))
    }

    private func require(_ algorithm: NoteAlgorithm) throws(NoteError) {
        guard verifierKey.algorithm == algorithm else {
            throw NoteError(.wrongAlgorithm, "The key named \(name) is of another kind than this signature.")
        }
    }

    private func line(_ bytes: [UInt8]) -> NoteSignature {
        NoteSignature(name: name, keyID: verifierKey.keyID, bytes: bytes)
    }

    private func sign(_ message: [UInt8]) throws(NoteError) -> [UInt8] {
        do throws(OpenSSLError) {
            return try privateKey.signature(for: message)
        } catch {
            throw NoteError(.signingFailed, "The key named \(name) could not sign.", cause: error)
        }
    }
}
