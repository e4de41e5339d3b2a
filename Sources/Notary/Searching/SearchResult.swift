public import Bytes
public import Evidence

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
    public let sha256: Digest256
    public let sm3: Digest256?
    public let picture: Picture?
    /// The query, when it is a document: what was read of it.
    public let document: Record.Document?
    /// Best first: equal bytes, then by distance; earliest first among equals.
    public let matches: [Match]

    public var notes: [String] {
        if let document { return document.notes }
        guard let picture else {
            return ["Only equal bytes are found for files that are neither pictures nor documents."]
        }
        var notes = [
            "Found are equal bytes and near copies (PDQ within 31 bits, turned and mirrored too). Crops, "
                + "borders, collages, screenshots, and logos or text over much of the picture are not found by this "
                + "search."
        ]
        if picture.quality < 50 {
            notes.append("This picture has too little structure (quality \(picture.quality)) to be matched by PDQ.")
        }
        return notes
    }

    public var json: JSONValue {
        [
            "searched": .integer(searchedCount),
            "sha256": .string(sha256.hex),
            "sm3": sm3.map { .string($0.hex) } ?? .null,
            "picture": picture?.json ?? .null,
            "document": document?.json ?? .null,
            "matches": .array(matches.map(\.json)),
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
