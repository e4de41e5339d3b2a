public import Fingerprints

/// A registered picture that shares features with the one looked for: worth verifying, no match yet.
public struct Candidate: Sendable, Equatable {
    public let key: EntryKey
    /// The reading of the picture looked for that the votes came from.
    public let reading: QuerySketch.Reading
    /// Weighted votes, for ordering candidates of one query. Not comparable between queries.
    public let score: Float

    public init(key: EntryKey, reading: QuerySketch.Reading, score: Float) {
        self.key = key
        self.reading = reading
        self.score = score
    }
}
