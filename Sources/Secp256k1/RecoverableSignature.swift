public import Bytes
import CSecp256k1

/// An ECDSA signature with the two bits that tell which key made it.
public struct RecoverableSignature: Sendable, Hashable {
    /// 32 bytes each, big-endian.
    public let r: [UInt8]
    public let s: [UInt8]
    /// 0 to 3; Ethereum's `yParity` knows 0 and 1.
    public let recovery: UInt8

    /// - Throws: ``Secp256k1Error`` with code `.malformedSignature` unless both numbers are 32 bytes and in range.
    public init(r: [UInt8], s: [UInt8], recovery: UInt8) throws(Secp256k1Error) {
        self.r = r
        self.s = s
        self.recovery = recovery
        _ = try parsed()
    }

    /// The only key that makes this signature for this digest.
    ///
    /// - Throws: ``Secp256k1Error`` with code `.malformedSignature` if there is none.
    public func publicKey(for digest: Digest256) throws(Secp256k1Error) -> Secp256k1PublicKey {
        var signature = try parsed()
        var key = secp256k1_pubkey()
        guard secp256k1_ecdsa_recover(Secp256k1Context.shared.pointer, &key, &signature, digest.bytes) == 1 else {
            throw Secp256k1Error(.malformedSignature, "No key could have made this signature.")
        }
        return try Secp256k1PublicKey(key)
    }

    private func parsed() throws(Secp256k1Error) -> secp256k1_ecdsa_recoverable_signature {
        var signature = secp256k1_ecdsa_recoverable_signature()
        guard r.count == Secp256k1PrivateKey.byteCount, s.count == Secp256k1PrivateKey.byteCount, recovery < 4,
            secp256k1_ecdsa_recoverable_signature_parse_compact(
                Secp256k1Context.shared.pointer,
                &signature,
                r + s,
                Int32(recovery)
            ) == 1
        else { throw Secp256k1Error(.malformedSignature, "The numbers of a secp256k1 signature are out of range.") }
        return signature
    }
}
