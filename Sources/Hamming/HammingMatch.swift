import CHamming

/// A row of a table close to one of the fingerprints looked for.
public struct HammingMatch: Sendable, Equatable {
    public let row: Int
    /// Which of the fingerprints looked for, by its place among them.
    public let query: Int
    public let distanceBits: Int

    public init(row: Int, query: Int, distanceBits: Int) {
        self.row = row
        self.query = query
        self.distanceBits = distanceBits
    }

    init(_ match: cinnabar_hamming_match, rowsBefore: Int = 0) {
        self.init(row: Int(match.row) + rowsBefore, query: Int(match.query), distanceBits: Int(match.distance))
    }
}
