import Bytes

extension OTSProof {
    /// The proof of `checkpoint.signed`: root prepended, SHA-256, then as `commitment` goes on.
    ///
    /// - Throws: ``OTSError`` with `.differentMessages`.
    public init(checkpoint: OutgoingCheckpoint, commitment: OTSTimestamp) throws(OTSError) {
        let timestamp = try OTSTimestamp(
            message: checkpoint.signedDigest.bytes,
            by: [.prepend(checkpoint.root.bytes), .sha256],
            to: commitment
        )
        try self.init(sha256: checkpoint.signedDigest, timestamp: timestamp)
    }

    /// What calendars were given of `checkpoint`, with all that they said of it; `nil` if this proof does not go that
    /// way.
    public func commitment(of checkpoint: OutgoingCheckpoint) -> OTSTimestamp? {
        guard digestOperation == .sha256, timestamp.message == checkpoint.signedDigest.bytes else { return nil }
        return timestamp.branches.first { $0.operation == .prepend(checkpoint.root.bytes) }?
            .timestamp.branches.first { $0.operation == .sha256 }?.timestamp
    }
}
