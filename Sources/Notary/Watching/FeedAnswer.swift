public import Bytes
public import Evidence

/// What became of a picture that was shown to a watch.
public struct FeedAnswer: Sendable {
    public let reference: String
    public let sha256: Digest256
    /// Whether the watch had seen these bytes, and did not look again.
    public let wasSeen: Bool
    /// What the watch looks for.
    public let matches: [Match]

    public var json: JSONValue {
        [
            "reference": .string(reference), "sha256": .string(sha256.hex), "seen": .bool(wasSeen),
            "matches": .array(matches.map(\.json)),
        ]
    }
}
