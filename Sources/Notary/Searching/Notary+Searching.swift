public import Bytes
import EvidenceStore
import Fingerprints
import MediaDecoding

extension Notary {
    /// Looks for earlier registrations of an uploaded file: equal bytes, and for pictures copies of them or of parts.
    ///
    /// - Throws: ``NotaryError`` as for a registration.
    public func search(
        _ upload: Upload,
        declaredMediaType: String? = nil,
        for caller: Caller
    ) async throws -> SearchResult {
        let file = try upload.finish()
        let examined = try await examined(file, declaredMediaType: declaredMediaType, [.registration, .query])
        var result = try result(sha256: file.sha256, sm3: file.sm3, examined: examined, for: caller)
        let isShowable = examined.decoded != nil && file.sizeBytes <= KeptSearches.pictureLimitBytes
        let picture = isShowable && !result.matches.isEmpty ? try file.bytes : nil
        try await withTaskExecutorPreference(workers) { try keep(&result, picture: picture, for: caller) }
        return result
    }

    /// Looks for registrations of a file with this SHA-256.
    public func search(_ sha256: Digest256, for caller: Caller) throws -> SearchResult {
        var result = try result(sha256: sha256, sm3: nil, examined: nil, for: caller)
        try keep(&result, picture: nil, for: caller)
        return result
    }

    private func result(
        sha256: Digest256,
        sm3: Digest256?,
        examined: ExaminedFile?,
        for caller: Caller
    ) throws -> SearchResult {
        let found =
            try matcher(for: caller).matches(sha256: sha256, picture: examined)
            + documentMatches(for: examined, sha256: sha256, comparing: true, for: caller)
        let sieve = try sieved(found, pdq: examined?.pdq, for: caller)
        counters.searches.increment()
        counters.matches.increment(by: sieve.shown.count)
        counters.ignored.increment(by: sieve.ignoredCount)
        var picture: SearchResult.Picture?
        if let decoded = examined?.decoded, let pdq = examined?.pdq {
            picture = .init(
                widthPixels: decoded.width,
                heightPixels: decoded.height,
                decodePath: decoded.path,
                quality: pdq.quality,
                pdq: pdq.fingerprint.hex
            )
        }
        return SearchResult(
            searchedCount: pictures.count,
            sketchCount: parts.count,
            sha256: sha256,
            sm3: sm3,
            picture: picture,
            document: examined?.document?.record,
            matches: sieve.shown,
            ignoredCount: sieve.ignoredCount,
            setAsideCount: sieve.setAsideCount,
            kept: nil
        )
    }
}
