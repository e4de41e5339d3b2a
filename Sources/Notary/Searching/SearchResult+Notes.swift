import Fingerprints

extension SearchResult {
    /// What a search finds and what not, and what was left out of this answer.
    public var notes: [String] {
        var notes = document?.notes ?? [picture == nil ? Self.bytesAlone : reach]
        if let picture, picture.quality < PDQFingerprint.indexedQualityMinimum {
            notes.append("This picture has too little structure (quality \(picture.quality)) to be matched by PDQ.")
        }
        if ignoredCount > 0 {
            notes.append(
                "\(ignoredCount == 1 ? "1 match is" : "\(ignoredCount) matches are") left out, as your account asked: "
                    + "`cinnabar ignore list`."
            )
        }
        if setAsideCount > 0 {
            notes.append(
                "\(setAsideCount) registered pictures look much like this one as wholes, and comparing details "
                    + "confirmed none of them: such a picture resembles too many, so they are set aside."
            )
        }
        return notes
    }

    private static let bytesAlone = "Only equal bytes are found for files that are neither pictures nor documents."

    private var reach: String {
        guard sketchCount > 0 else {
            return "Found are equal bytes and near copies (PDQ within 31 bits, turned and mirrored too). Crops, "
                + "borders, collages, screenshots, and logos or text over much of the picture are not found by this "
                + "search."
        }
        return "Found are equal bytes, near copies (PDQ within 31 bits), and pictures of which details agree: crops, "
            + "collages, screenshots, turned, mirrored and written over. Not found are a picture taken anew of the "
            + "same thing, small or blurred parts, and parts without detail such as a blank background."
    }
}
