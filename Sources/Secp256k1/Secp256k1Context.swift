import CSecp256k1

/// libsecp256k1's context, made once for the process.
///
/// Sendable: after its making nothing changes it, and the library's functions read it only. Randomizing it later
/// would break that.
final class Secp256k1Context: @unchecked Sendable {
    static let shared = Secp256k1Context()

    let pointer: OpaquePointer

    private init() {
        guard let pointer = secp256k1_context_create(UInt32(SECP256K1_CONTEXT_NONE_FLAGS)) else {
            preconditionFailure("libsecp256k1 makes a context or aborts.")
        }
        self.pointer = pointer
    }
}
