import Documents
import MediaDecoding

extension Notary {
    /// Reads a document's text in a child process. A document whose text cannot be read is still a file that can be
    /// registered and found by its bytes: why it was not read stands in the record.
    ///
    /// - Returns: `nil` for formats without text.
    /// - Throws: ``NotaryError`` with `.busy` or `.decoderFailed`: that is our fault, not the document's.
    func examinedDocument(
        _ file: UploadedFile,
        as format: MediaFormat,
        declaredMediaType: String?
    ) async throws -> ExaminedDocument? {
        guard format.isDocument else { return nil }
        guard file.sizeBytes <= UInt64(documentReader.limits.inputBytes) else {
            return ExaminedDocument(DocumentError(.tooManyBytes, limits: documentReader.limits))
        }
        do {
            let charset = declaredMediaType.flatMap(Self.charset)
            return ExaminedDocument(
                try await documentReader.document(from: try file.bytes, as: format, charset: charset)
            )
        } catch let error as DocumentError {
            switch error.code {
            case .busy: throw NotaryError(.busy, error.message, cause: error)
            case .decoderUnavailable: throw NotaryError(.decoderFailed, error.message, cause: error)
            default: return ExaminedDocument(error)
            }
        }
    }

    /// The `charset` of a media type such as `text/plain; charset=gb18030` (RFC 9110, 8.3.2).
    private static func charset(of mediaType: String) -> Charset? {
        for parameter in mediaType.split(separator: ";").dropFirst() {
            let parts = parameter.split(separator: "=", maxSplits: 1).map { $0.trimmingPrefix { $0 == " " } }
            guard parts.count == 2, parts[0].lowercased() == "charset" else { continue }
            return Charset(label: String(parts[1].filter { $0 != "\"" && $0 != " " }))
        }
        return nil
    }
}
