import MediaDecoding

extension NotaryError {
    /// What it means here that a picture did not decode.
    init(_ error: MediaError) {
        let code: Code =
            switch error.code {
            case .unsupportedFormat: .notAPicture
            case .malformed: .pictureMalformed
            case .tooFewPixels: .pictureTooSmall
            case .tooManyPixels, .tooManyBytes, .outOfMemory: .pictureTooLarge
            case .timedOut: .pictureTimedOut
            case .decoderDied: .decoderDied
            case .decoderUnavailable: .decoderFailed
            case .busy: .busy
            }
        self.init(code, error.message, cause: error)
    }
}
