public import OpenSSL

/// What a timestamp commits to: the digest of some data.
public struct TimestampImprint: Sendable, Equatable {
    public let algorithm: DigestAlgorithm
    public let digest: [UInt8]

    /// - Returns: `nil` unless `digest` has the algorithm's length.
    public init?(algorithm: DigestAlgorithm, digest: [UInt8]) {
        guard digest.count == algorithm.byteCount else { return nil }
        self.algorithm = algorithm
        self.digest = digest
    }

    public init(of data: [UInt8], algorithm: DigestAlgorithm = .sha256) {
        self.algorithm = algorithm
        digest = algorithm.digest(of: data)
    }
}
