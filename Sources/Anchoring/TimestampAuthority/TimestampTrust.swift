public import OpenSSL

/// Whose time-stamps are believed.
public enum TimestampTrust: Sendable {
    /// Those with a chain to one of these self-signed certificates.
    case roots([SigningCertificate])
    /// Anyone's. Then a time-stamp says only that whoever holds the signer's key signed it.
    case anySigner
}
