/// An evidence record that proves when its data was there at the latest.
public struct VerifiedEvidenceRecord: Sendable {
    public let timestamp: VerifiedTimestamp
}
