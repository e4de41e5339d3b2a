/// What the index holds close to one picture.
public struct Lookup: Sendable, Equatable {
    /// A fingerprint close to more pictures than this says little about any of them: a placeholder, a blank form, the
    /// same file registered over and over.
    public static let floodLimit = 1000

    /// The closest ones, closest first, then in log order; no more than were asked for.
    public let matches: [Match]
    /// All that lie within the distance, listed or not.
    public let count: Int

    /// Whether the picture matches so many that it should be set aside rather than believed.
    public var isFlooded: Bool { count > Self.floodLimit }

    static let nothing = Lookup(matches: [], count: 0)
}
