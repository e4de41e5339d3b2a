public import Fingerprints
import Synchronization

/// Registered texts by their fingerprints, in memory: what shares a band with the text looked for is compared in full.
///
/// Derived: rebuilt from the store's fingerprint rows. The same insertions give the same answers in any order.
public final class TextIndex: Sendable {
    /// Places of a band: two texts share a band when all of its places are equal.
    private static let bandPlaces = 3
    /// 42 bands of three places: texts that have half of their phrases in common share one with a probability of 0.996,
    /// and texts that have a twentieth in common with 0.005. The last two places serve the comparison alone.
    private static let bandCount = TextFingerprint.placeCount / bandPlaces
    /// Texts compared in full for one query: a form that ten thousand shops fill in must not hold up the others.
    private static let comparedLimit = 20_000

    private struct State {
        var fingerprints: [EntryKey: TextFingerprint] = [:]
        /// The band's number in the upper 16 bits and its three places below.
        var bands: [UInt64: [EntryKey]] = [:]
    }

    private let state = Mutex(State())

    public init() {}

    public var count: Int { state.withLock { $0.fingerprints.count } }

    /// Adds a text, or puts it in the place of the one with its key. The caller leaves out what is too short: see
    /// ``TextFingerprint/indexedQualityMinimum``.
    public func insert(_ fingerprint: TextFingerprint, key: EntryKey) {
        state.withLock { state in
            if let former = state.fingerprints.updateValue(fingerprint, forKey: key) {
                Self.remove(key, of: former, from: &state)
            }
            for band in Self.bands(of: fingerprint) { state.bands[band, default: []].append(key) }
        }
    }

    /// - Returns: Whether the key was there.
    @discardableResult
    public func remove(_ key: EntryKey) -> Bool {
        state.withLock { state in
            guard let former = state.fingerprints.removeValue(forKey: key) else { return false }
            Self.remove(key, of: former, from: &state)
            return true
        }
    }

    /// Registered texts that look as similar as asked, most similar first, then in log order.
    public func matches(
        for fingerprint: TextFingerprint,
        from similarity: Double = TextFingerprint.nearCopySimilarity,
        limit: Int
    ) -> [TextMatch] {
        let found = state.withLock { state in
            var keys: Set<EntryKey> = []
            for band in Self.bands(of: fingerprint) where keys.count < Self.comparedLimit {
                keys.formUnion(state.bands[band] ?? [])
            }
            return keys.compactMap { key in
                state.fingerprints[key].map { TextMatch(key: key, similarity: fingerprint.similarity(to: $0)) }
            }
        }
        let near = found.filter { $0.similarity >= similarity }
        return Array(near.sorted { ($1.similarity, $0.key) < ($0.similarity, $1.key) }.prefix(limit))
    }

    private static func remove(_ key: EntryKey, of fingerprint: TextFingerprint, from state: inout State) {
        for band in bands(of: fingerprint) {
            state.bands[band]?.removeAll { $0 == key }
            if state.bands[band]?.isEmpty == true { state.bands[band] = nil }
        }
    }

    private static func bands(of fingerprint: TextFingerprint) -> [UInt64] {
        (0..<bandCount).map { band in
            fingerprint.places[band * bandPlaces..<(band + 1) * bandPlaces]
                .reduce(UInt64(band)) { $0 << 16 | UInt64($1) }
        }
    }
}
