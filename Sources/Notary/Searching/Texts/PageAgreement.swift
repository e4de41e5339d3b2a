/// Pages of a scanned document that look like the ones looked for.
public struct PageAgreement: Sendable, Equatable {
    /// Numbers from 1 of the registered document's pages, ascending.
    public let registeredPages: [Int]
    /// How many of the pages looked for have such a page.
    public let foundCount: Int
    /// Pages looked for; 1 for a picture.
    public let searchedCount: Int
    /// PDQ's, of 256 bits, of the closest pair.
    public let distanceBits: Int

    /// - Parameter pairs: At least one.
    init(_ pairs: [PagePair], searchedCount: Int) {
        registeredPages = Set(pairs.map { $0.registered + 1 }).sorted()
        foundCount = Set(pairs.map(\.found)).count
        self.searchedCount = searchedCount
        distanceBits = pairs.map(\.distanceBits).min() ?? 0
    }
}
