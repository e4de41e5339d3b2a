import COpenSSL

/// Owns one reference to an `X509`.
///
/// Safe to share: it is never changed after `init`, and what OpenSSL caches inside is behind its own lock.
final class CertificateHandle: @unchecked Sendable {
    let pointer: OpaquePointer

    /// Takes over `pointer`.
    init(owning pointer: OpaquePointer) { self.pointer = pointer }

    deinit { X509_free(pointer) }
}
