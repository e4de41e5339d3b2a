import CSecp256k1

/// A point of secp256k1.
public struct Secp256k1PublicKey: Sendable, Hashable {
    /// Both coordinates, 64 bytes, without the leading 4 of SEC 1: what Ethereum makes addresses from.
    public let coordinates: [UInt8]

    /// 65 bytes: 4, x, y (SEC 1, 2.3.3).
    private static let uncompressedByteCount = 65

    init(_ key: secp256k1_pubkey) throws(Secp256k1Error) {
        var key = key
        var bytes = [UInt8](repeating: 0, count: Self.uncompressedByteCount)
        var count = bytes.count
        let flags = UInt32(SECP256K1_EC_UNCOMPRESSED_FLAGS)
        guard secp256k1_ec_pubkey_serialize(Secp256k1Context.shared.pointer, &bytes, &count, &key, flags) == 1,
            count == bytes.count
        else { throw Secp256k1Error(.operationFailed, "libsecp256k1 could not write a public key.") }
        coordinates = Array(bytes.dropFirst())
    }
}
