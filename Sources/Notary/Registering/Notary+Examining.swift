import Fingerprints
import MediaDecoding

extension Notary {
    /// Decodes pictures in a child process; recognises other files by their first bytes alone.
    ///
    /// - Parameter wish: What to make of a picture besides its fingerprint.
    /// - Throws: ``NotaryError`` with a `picture.…` code when the bytes claim to be a picture and do not decode as one.
    func examined(
        _ file: UploadedFile,
        declaredMediaType: String?,
        _ wish: DecodeWish
    ) async throws -> ExaminedFile {
        let format = MediaFormat(signatureOf: try file.head)
        guard format.isPicture else {
            guard declaredMediaType?.hasPrefix("image/") != true else {
                throw NotaryError(
                    .notAPicture,
                    "The file is called a picture, but its bytes are not JPEG, PNG, WebP, TIFF, GIF, HEIF or "
                        + "AVIF. Send it as what it is, or convert it."
                )
            }
            return ExaminedFile(
                mediaType: format.mediaType,
                decoded: nil,
                pdq: nil,
                document: try await examinedDocument(file, as: format, declaredMediaType: declaredMediaType)
            )
        }
        guard file.sizeBytes <= UInt64(decoder.limits.inputBytes) else {
            throw NotaryError(
                .pictureTooLarge,
                "A picture may have \(decoder.limits.inputBytes) bytes. Register it by its digests instead."
            )
        }
        let picture = try await decoded(try file.bytes, wish)
        return ExaminedFile(mediaType: picture.mediaType, decoded: picture, pdq: pdqFingerprint(of: picture.luma))
    }

    private func decoded(_ bytes: [UInt8], _ wish: DecodeWish) async throws -> DecodedPicture {
        do {
            return try await decoder.picture(from: bytes, wanting: wish)
        } catch {
            throw NotaryError(error)
        }
    }
}
