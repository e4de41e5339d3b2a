/// Something filed that is like a feature looked for.
public struct PostingHit: Sendable, Equatable {
    /// The picture's number in its table.
    public let owner: UInt32
    /// As it was filed.
    public let place: UInt32
    /// The number of the feature looked for.
    public let feature: UInt16
    /// Differing bits of the signatures.
    public let distance: UInt16

    public init(owner: UInt32, place: UInt32, feature: UInt16, distance: UInt16) {
        self.owner = owner
        self.place = place
        self.feature = feature
        self.distance = distance
    }
}
