public import OpenSSL

/// A key to check notes with, under the name that signature lines carry: `name+<8 hex digits>+<base64>`.
///
/// Source: C2SP signed-note; C2SP tlog-cosignature.
public struct VerifierKey: Hashable, Sendable, CustomStringConvertible {
    public let name: String
    /// Tells keys of one name apart; not a digest to rely on.
    public let keyID: UInt32
    public let algorithm: NoteAlgorithm
    /// The key after its algorithm byte: 32 bytes for the known algorithms, anything for others.
    public let keyBytes: [UInt8]
    /// `nil` for unknown algorithms: lines that name the key are then not checked and do not count.
    private let publicKey: Ed25519PublicKey?

    /// - Throws: ``NoteError`` with code `.malformedKey` unless the name is valid and the algorithm known.
    public init(name: String, algorithm: NoteAlgorithm, publicKey: Ed25519PublicKey) throws(NoteError) {
        guard KeyName.isValid(name), algorithm.isKnown else {
            throw NoteError(.malformedKey, "A key's name has no spaces, plus signs or control characters.")
        }
        self.name = name
        self.algorithm = algorithm
        self.publicKey = publicKey
        keyBytes = publicKey.rawRepresentation
        keyID = KeyName.keyID(name, algorithm, publicKey: keyBytes)
    }

    /// - Throws: ``NoteError`` with code `.malformedKey`. The identifier of an unknown algorithm's key is not checked,
    ///   since its algorithm may derive it in its own way.
    public init(parsing text: some StringProtocol) throws(NoteError) {
        (name, keyID, algorithm, keyBytes) = try KeyName.parse(text)
        guard algorithm.isKnown else {
            publicKey = nil
            return
        }
        do throws(OpenSSLError) {
            publicKey = try Ed25519PublicKey(rawRepresentation: keyBytes)
        } catch {
            throw NoteError(.malformedKey, "The key named \(name) is no Ed25519 key.", cause: error)
        }
        guard keyID == KeyName.keyID(name, algorithm, publicKey: keyBytes) else {
            throw NoteError(.malformedKey, "The identifier of the key named \(name) does not belong to it.")
        }
    }

    public var text: String { KeyName.text(name, keyID, algorithm, key: keyBytes) }
    public var description: String { text }

    /// Whether lines that name this key can be checked.
    var isKnown: Bool { publicKey != nil }

    func isNamed(by signature: NoteSignature) -> Bool {
        // Byte by byte: strings are also equal when only their normal forms are.
        signature.keyID == keyID && signature.name.utf8.elementsEqual(name.utf8)
    }

    /// - Returns: `nil` when the signature is not this key's for `text`.
    func verified(_ signature: NoteSignature, for text: String) -> VerifiedSignature? {
        let timestamp = algorithm == .cosignature ? signature.timestampSeconds : nil
        let isCosignature = algorithm == .cosignature
        guard let publicKey, !isCosignature || timestamp != nil else { return nil }
        let message = timestamp.map { CosignedMessage.bytes(text, timestampSeconds: $0) } ?? Array(text.utf8)
        let bytes = isCosignature ? Array(signature.bytes.dropFirst(8)) : signature.bytes
        guard publicKey.isValidSignature(bytes, for: message) else { return nil }
        return VerifiedSignature(key: self, timestampSeconds: timestamp)
    }

    public static func == (left: Self, right: Self) -> Bool {
        left.name == right.name && left.keyID == right.keyID && left.algorithm == right.algorithm
            && left.keyBytes == right.keyBytes
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(name)
        hasher.combine(keyID)
    }
}
