import Documents
import MediaDecoding

/// A document read by the built decoder program.
enum ReaderFixture {
    static func read(
        _ bytes: [UInt8],
        charset: Charset? = nil,
        limits: DocumentLimits = DocumentLimits()
    ) async throws -> Document {
        try await DocumentReader(limits: limits)
            .document(from: bytes, as: MediaFormat(signatureOf: bytes), charset: charset)
    }

    static func code(_ bytes: [UInt8], limits: DocumentLimits = DocumentLimits()) async throws -> DocumentError.Code? {
        do {
            _ = try await read(bytes, limits: limits)
            return nil
        } catch let error as DocumentError {
            return error.code
        }
    }
}
