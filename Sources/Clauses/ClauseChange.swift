/// A clause that two texts do not share.
public struct ClauseChange: Sendable, Equatable {
    public enum Kind: String, Sendable, CaseIterable {
        /// In both, with differences.
        case changed
        /// In the text looked for alone.
        case added
        /// In the registered text alone.
        case removed
    }

    /// A run of characters within a changed clause.
    public struct Piece: Sendable, Equatable {
        public enum Kind: String, Sendable {
            case same, removed, added
        }

        public let kind: Kind
        public let text: String
    }

    public let kind: Kind
    /// What it stands under, as the text looked for has it where it has the clause.
    public let heading: String?
    /// The clause as it was registered; `nil` when it was added.
    public let registered: String?
    /// The clause in the text looked for; `nil` when it was removed.
    public let found: String?
    /// Of a changed clause: both texts as one, in order.
    public let pieces: [Piece]
}
