import Foundation

/// The media type that a file's name declares. A picture that is none is refused, which only a declaration can show.
enum DeclaredMediaType {
    private static let byEnding = [
        "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp", "tif": "image/tiff",
        "tiff": "image/tiff", "gif": "image/gif", "heic": "image/heic", "heif": "image/heif", "avif": "image/avif",
        "pdf": "application/pdf", "txt": "text/plain",
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ]

    /// - Returns: `nil` for endings that we do not know.
    static func named(by path: String) -> String? { byEnding[(path as NSString).pathExtension.lowercased()] }
}
