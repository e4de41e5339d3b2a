public import Bytes
public import Evidence
import Fingerprints

/// What a search looked at, what it found, and what it cannot find.
public struct SearchResult: Sendable {
    /// The query, when it is a picture.
    public struct Picture: Sendable, Equatable {
        public let widthPixels: Int
        public let heightPixels: Int
        public let decodePath: String
        /// 0 to 100; below 50 the fingerprint is not matched on.
        public let quality: Int
        /// The fingerprint's 64 hex digits.
        public let pdq: String
    }

    /// Fingerprints that were compared.
    public let searchedCount: Int
    /// Pictures whose details can be compared: those that were registered with a sketch.
    public let sketchCount: Int
    public let sha256: Digest256
    public let sm3: Digest256?
    public let picture: Picture?
    /// The query, when it is a document: what was read of it.
    public let document: Record.Document?
    /// Best first: equal bytes, then by score; earliest first among equals. Counted from 1 in answers.
    public let matches: [Match]
    /// Matches that the account does not want to see.
    public let ignoredCount: Int
    /// Different pictures that only look alike, and are left out: see ``MatchSieve``.
    public let setAsideCount: Int
    /// Under which the answer may be read again; `nil` when it was not kept.
    public internal(set) var kept: Kept?

    /// How a kept search is named, and until when it is there.
    public struct Kept: Sendable, Equatable {
        /// 32 hex digits.
        public let id: String
        public let until: UTCTime
    }

    public var json: JSONValue {
        [
            "id": kept.map { .string($0.id) } ?? .null,
            "keptUntil": kept.map { .string($0.until.description) } ?? .null,
            "searched": .integer(searchedCount),
            "sha256": .string(sha256.hex),
            "sm3": sm3.map { .string($0.hex) } ?? .null,
            "picture": picture?.json ?? .null,
            "document": document?.json ?? .null,
            "matches": .array(
                matches.enumerated().map { position, match in
                    guard case .object(var members) = match.json else { return match.json }
                    members["n"] = .integer(position + 1)
                    return .object(members)
                }
            ),
            "ignored": .integer(ignoredCount),
            "setAside": .integer(setAsideCount),
            "notes": .array(notes.map { .string($0) }),
        ]
    }
}

extension SearchResult.Picture {
    var json: JSONValue {
        [
            "widthPixels": .integer(widthPixels), "heightPixels": .integer(heightPixels),
            "decodePath": .string(decodePath), "quality": .integer(quality), "pdq": .string(pdq),
        ]
    }
}
