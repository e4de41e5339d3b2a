/// Computes the Instance-Code of a file while its bytes come in: the beginning of its BLAKE3 digest, a checksum.
public struct InstanceCodeStream: Sendable {
    private var hash = BLAKE3()

    public init() {}

    public mutating func update(_ bytes: [UInt8]) { hash.update(bytes) }

    /// - Parameter bits: A multiple of 32, at most 256.
    public func unit(bits: Int = ISCC.digestBits) -> ISCCUnit { ISCCUnit(.instance, digest: hash.digest, bits: bits) }
}
