import Fingerprints

/// What of the matches found is shown: not what the account ignores, and no flood.
///
/// A fingerprint that is close to many pictures which geometry tells apart says nothing: a flat garment on white, a
/// form, a card. Pictures that one fingerprint brings and geometry refuted are then set aside together. However often
/// one and the same picture was registered, geometry confirms it, and it is shown.
struct MatchSieve {
    /// So many different pictures that look alike are still worth a person's glance.
    static let floodLimit = 8

    let shown: [Match]
    let ignoredCount: Int
    /// 0 where there is no flood.
    let setAsideCount: Int

    init(_ found: [Match], isIgnored: (Match) throws -> Bool) rethrows {
        let wanted = try found.filter { try !isIgnored($0) }
        ignoredCount = found.count - wanted.count
        let refuted = wanted.count { $0.isRefuted }
        setAsideCount = refuted > Self.floodLimit ? refuted : 0
        shown = setAsideCount > 0 ? wanted.filter { !$0.isRefuted } : wanted
    }
}

extension Match {
    /// Whether only PDQ speaks for it, and geometry does not.
    var isRefuted: Bool { geometry == .notConfirmed && !isSameBytes && !isSamePixels }
}
