public import Bytes
public import OpenSSL

/// A digest of the registered file, and how we came to know it.
public struct DocumentDigest: Sendable, Equatable {
    public enum Provenance: String, Sendable {
        /// We saw the bytes.
        case computed
        /// The submitter told us; the file stayed home.
        case declared
    }

    public let algorithm: DigestAlgorithm
    public let value: Digest256
    public let provenance: Provenance

    public init(_ algorithm: DigestAlgorithm, _ value: Digest256, _ provenance: Provenance) {
        self.algorithm = algorithm
        self.value = value
        self.provenance = provenance
    }
}
