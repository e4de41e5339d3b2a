public import Bytes
import CSecp256k1

/// Signs by ECDSA on secp256k1, the curve of Ethereum's accounts.
public struct Secp256k1PrivateKey: Sendable {
    public static let byteCount = 32

    /// The 32 secret bytes, big-endian. Never log them.
    public let bytes: [UInt8]
    public let publicKey: Secp256k1PublicKey

    /// - Throws: ``Secp256k1Error`` with code `.malformedKey` unless `bytes` are 32 and a number from 1 to the group's
    ///   order less 1.
    public init(bytes: [UInt8]) throws(Secp256k1Error) {
        guard bytes.count == Self.byteCount,
            secp256k1_ec_seckey_verify(Secp256k1Context.shared.pointer, bytes) == 1
        else {
            throw Secp256k1Error(.malformedKey, "A secp256k1 key is 32 bytes below the group's order and not zero.")
        }
        var key = secp256k1_pubkey()
        guard secp256k1_ec_pubkey_create(Secp256k1Context.shared.pointer, &key, bytes) == 1 else {
            throw Secp256k1Error(.operationFailed, "libsecp256k1 gave no public key for a valid private key.")
        }
        self.bytes = bytes
        publicKey = try Secp256k1PublicKey(key)
    }

    /// A signature that names its signer; the same for the same digest every time (RFC 6979), with `s` in the lower
    /// half, as EIP-2 wants.
    public func signature(for digest: Digest256) throws(Secp256k1Error) -> RecoverableSignature {
        var signature = secp256k1_ecdsa_recoverable_signature()
        let context = Secp256k1Context.shared.pointer
        guard secp256k1_ecdsa_sign_recoverable(context, &signature, digest.bytes, bytes, nil, nil) == 1 else {
            throw Secp256k1Error(.operationFailed, "libsecp256k1 could not sign.")
        }
        var compact = [UInt8](repeating: 0, count: 2 * Self.byteCount)
        var recovery: Int32 = 0
        secp256k1_ecdsa_recoverable_signature_serialize_compact(context, &compact, &recovery, &signature)
        return try RecoverableSignature(
            r: Array(compact.prefix(Self.byteCount)),
            s: Array(compact.suffix(Self.byteCount)),
            recovery: UInt8(recovery)
        )
    }
}
