/// Where the arrays of a table lie in its memory, and so in its file.
struct PostingLayout: Equatable {
    /// Numbers of postings are 32 bits, and a table of this many takes 32 GB.
    static let countLimit = 1 << 31

    let count: Int

    /// One more than there are words: the last list's end.
    let startsOffset = 0
    var signaturesOffset: Int { (FeatureWords.count + 16) * 4 }
    var ownersOffset: Int { signaturesOffset + 8 * count }
    var placesOffset: Int { ownersOffset + 4 * count }
    var byteCount: Int { placesOffset + 4 * count }
}
