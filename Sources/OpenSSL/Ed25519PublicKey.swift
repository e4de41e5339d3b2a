import COpenSSL

/// Checks Ed25519 signatures (RFC 8032).
public struct Ed25519PublicKey: Sendable, Equatable {
    public static let byteCount = 32
    public static let signatureByteCount = 64

    /// The 32 bytes of the point's encoding.
    public let rawRepresentation: [UInt8]
    private let handle: KeyHandle

    /// - Throws: ``OpenSSLError`` with code `.malformedKey` unless there are 32 bytes. Bytes that are no point of the
    ///   curve are accepted here, as OpenSSL does, and no signature verifies under them.
    public init(rawRepresentation: [UInt8]) throws(OpenSSLError) {
        guard rawRepresentation.count == Self.byteCount,
            let pointer = EVP_PKEY_new_raw_public_key_ex(
                nil,
                "ED25519",
                nil,
                rawRepresentation,
                rawRepresentation.count
            )
        else {
            ERR_clear_error()
            throw OpenSSLError(.malformedKey, "An Ed25519 public key is \(Self.byteCount) bytes.")
        }
        handle = KeyHandle(owning: pointer)
        self.rawRepresentation = rawRepresentation
    }

    public func isValidSignature(_ signature: [UInt8], for message: [UInt8]) -> Bool {
        let context = EVP_MD_CTX_new()
        defer {
            EVP_MD_CTX_free(context)
            ERR_clear_error()
        }
        return signature.count == Self.signatureByteCount
            && EVP_DigestVerifyInit_ex(context, nil, nil, nil, nil, handle.pointer, nil) == 1
            && EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
    }

    public static func == (left: Self, right: Self) -> Bool { left.rawRepresentation == right.rawRepresentation }
}
