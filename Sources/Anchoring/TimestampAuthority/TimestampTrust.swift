public import OpenSSL

/// Whose timestamps are believed.
public enum TimestampTrust: Sendable {
    /// Those with a chain to one of these self-signed certificates.
    case roots([SigningCertificate])
    /// Anyone's. Then a timestamp says only that whoever holds the signer's key signed it.
    case anySigner
}
