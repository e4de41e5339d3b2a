/// A registered text that shares phrases with the one looked for.
public struct TextMatch: Sendable, Equatable {
    public let key: EntryKey
    /// The estimated share of phrases in common, 0 to 1.
    public let similarity: Double

    public init(key: EntryKey, similarity: Double) {
        self.key = key
        self.similarity = similarity
    }
}
