public import Bytes
import EvidenceStore
import Fingerprints
import MediaDecoding

extension Notary {
    /// Looks for earlier registrations of an uploaded file: equal bytes, and for pictures near copies.
    ///
    /// - Throws: ``NotaryError`` as for a registration.
    public func search(
        _ upload: Upload,
        declaredMediaType: String? = nil,
        for caller: Caller
    ) async throws -> SearchResult {
        let file = try upload.finish()
        let examined = try await examined(file, declaredMediaType: declaredMediaType, [.registration, .query])
        return try result(sha256: file.sha256, sm3: file.sm3, examined: examined, for: caller)
    }

    /// Looks for registrations of a file with this SHA-256.
    public func search(_ sha256: Digest256, for caller: Caller) throws -> SearchResult {
        try result(sha256: sha256, sm3: nil, examined: nil, for: caller)
    }

    private func result(
        sha256: Digest256,
        sm3: Digest256?,
        examined: ExaminedFile?,
        for caller: Caller
    ) throws -> SearchResult {
        let matches =
            try matcher(for: caller).matches(sha256: sha256, picture: examined)
            + documentMatches(for: examined, sha256: sha256, comparing: true, for: caller)
        counters.searches.increment()
        counters.matches.increment(by: matches.count)
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
            sha256: sha256,
            sm3: sm3,
            picture: picture,
            document: examined?.document?.record,
            matches: matches
        )
    }
}
