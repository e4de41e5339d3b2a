/// A fingerprint to keep for rebuilding the similarity index; at most one of each algorithm for a record.
public struct RecordFingerprint: Sendable, Equatable {
    /// Name with version, `pdq-1` for instance: at most 255 bytes of UTF-8.
    public let algorithm: String
    public let bytes: [UInt8]
    /// 0 to 100.
    public let quality: UInt8

    /// - Precondition: The algorithm's name fits in 255 bytes; names are ours, never a client's.
    public init(algorithm: String, bytes: [UInt8], quality: UInt8) {
        precondition(algorithm.utf8.count <= 255, "An algorithm's name is at most 255 bytes.")
        self.algorithm = algorithm
        self.bytes = bytes
        self.quality = quality
    }
}
