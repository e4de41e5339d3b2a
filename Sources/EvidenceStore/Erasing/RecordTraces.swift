/// By what a registration can be found besides its place: what its record says of the file.
public struct RecordTraces: Sendable, Equatable {
    public let digests: [DocumentDigest]
    /// Names of the algorithms whose fingerprints it has.
    public let fingerprints: [String]

    public init(digests: [DocumentDigest], fingerprints: [String]) {
        self.digests = digests
        self.fingerprints = fingerprints
    }
}
