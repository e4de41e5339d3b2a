import OpenSSL

extension TimestampError {
    init(_ fault: StrictDER.Fault, of thing: String) {
        switch fault {
        case .malformed: self.init(.malformed, "The \(thing) is not well-formed DER.")
        case .trailingBytes: self.init(.trailingBytes, "There are bytes after the end of the \(thing).")
        }
    }

    /// - Parameter outsideValidity: What it means here that a certificate is not valid.
    init(_ error: OpenSSLError, outsideValidity: Code) {
        let code: Code =
            switch error.code {
            case .malformedTimestamp, .malformedCertificate: .malformed
            case .signatureInvalid: .signatureInvalid
            case .signerCertificateMissing: .signerCertificateMissing
            case .chainUntrusted: .untrustedChain
            case .purposeNotTimestamping: .certificateNotForTimestamping
            case .certificateOutsideValidity: outsideValidity
            case .malformedKey, .operationFailed, .randomnessUnavailable, .sealedTooShort, .authenticationFailed:
                .unusableCredentials
            }
        self.init(code, error.message)
    }
}
