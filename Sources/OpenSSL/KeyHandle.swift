import COpenSSL

/// Owns an `EVP_PKEY`, private or public.
///
/// Safe to share: once made it is only read, and OpenSSL counts its references atomically. Setting parameters on the
/// key after `init` would break this.
final class KeyHandle: @unchecked Sendable {
    let pointer: OpaquePointer

    /// Takes over `pointer`.
    init(owning pointer: OpaquePointer) { self.pointer = pointer }

    deinit { EVP_PKEY_free(pointer) }
}
