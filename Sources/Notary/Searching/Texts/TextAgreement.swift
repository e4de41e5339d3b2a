public import Clauses

/// What two documents have in common.
public struct TextAgreement: Sendable, Equatable {
    /// The share of phrases in common, 0 to 1, as their fingerprints estimate it.
    public let similarity: Double
    /// Clause by clause; `nil` for another account's document, whose text is not shown, and where it was not asked for.
    public let comparison: ClauseComparison?
}
