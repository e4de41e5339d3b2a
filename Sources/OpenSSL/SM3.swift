public import Bytes

/// SM3 (GB/T 32905) of bytes that are all there. For bytes that come in pieces use ``DigestStream``.
public enum SM3 {
    public static func digest(of bytes: [UInt8]) -> Digest256 {
        guard let digest = Digest256(DigestAlgorithm.sm3.digest(of: bytes)) else {
            preconditionFailure("SM3 gives 32 bytes.")
        }
        return digest
    }
}
