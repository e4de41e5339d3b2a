public import OpenSSL

/// A digest of the registered document, to be found again by.
public struct DocumentDigest: Sendable, Hashable {
    public let algorithm: DigestAlgorithm
    public let bytes: [UInt8]

    /// - Returns: `nil` unless `bytes` has the algorithm's length.
    public init?(_ algorithm: DigestAlgorithm, _ bytes: [UInt8]) {
        guard bytes.count == algorithm.byteCount else { return nil }
        self.algorithm = algorithm
        self.bytes = bytes
    }
}
