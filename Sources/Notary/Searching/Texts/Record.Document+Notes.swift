import Documents
import Evidence
import Fingerprints

extension Record.Document {
    /// What a search with this document cannot find, in plain sentences.
    var notes: [String] {
        switch text {
        case "read":
            [
                "Found are equal bytes, and documents that have half of their wording in common with this one. "
                    + "Text in pictures is not read, and numbers that a word processor makes for paragraphs are not "
                    + "in its file. Another account's text is never shown."
            ]
        case "cut":
            [
                "Only the first \(DocumentLimits.textBytes >> 20) MB of text, or \(DocumentLimits.pages) pages, were "
                    + "read and compared."
            ]
        case "none":
            [
                pages == nil
                    ? "This document has no text. Only equal bytes are found."
                    : "This PDF has no text: it is a scan. The pictures of its first "
                        + "\(DocumentLimits.pagePictures) pages were compared instead (PDQ within "
                        + "\(PDQFingerprint.nearCopyDistanceBits) bits), its wording was not."
            ]
        default:
            [reason + " Only equal bytes are found."]
        }
    }

    private var reason: String {
        guard let code = DocumentError.Code(rawValue: text) else { return "The document's text was not read." }
        return "The text was not read: \(DocumentError(code, limits: DocumentLimits()).message)"
    }
}
