import COpenSSL

/// Owns a `TS_RESP`.
///
/// Safe to share: verifying only reads it.
final class TimestampResponseHandle: @unchecked Sendable {
    let pointer: OpaquePointer

    /// Takes over `pointer`.
    init(owning pointer: OpaquePointer) { self.pointer = pointer }

    deinit { TS_RESP_free(pointer) }
}
