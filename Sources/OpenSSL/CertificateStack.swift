import COpenSSL

/// Owns a `STACK_OF(X509)` and a reference to each certificate in it.
struct CertificateStack: ~Copyable {
    let pointer: OpaquePointer

    init(_ certificates: [SigningCertificate]) {
        guard let pointer = OPENSSL_sk_new_null() else { preconditionFailure("OpenSSL could not allocate a stack.") }
        self.pointer = pointer
        for certificate in certificates {
            X509_up_ref(certificate.handle.pointer)
            OPENSSL_sk_push(pointer, UnsafeRawPointer(certificate.handle.pointer))
        }
    }

    deinit { Self.free(pointer) }

    /// Gives the stack to a caller that will free it.
    consuming func release() -> OpaquePointer {
        let pointer = pointer
        discard self
        return pointer
    }

    static func free(_ pointer: OpaquePointer) {
        OPENSSL_sk_pop_free(pointer) { X509_free(OpaquePointer($0)) }
    }

    /// The certificates of a stack that stays its owner's.
    static func certificates(in borrowed: OpaquePointer?) throws(OpenSSLError) -> [SigningCertificate] {
        var certificates: [SigningCertificate] = []
        // An absent stack counts -1.
        for position in 0..<max(0, OPENSSL_sk_num(borrowed)) {
            guard let pointer = OPENSSL_sk_value(borrowed, position).map(OpaquePointer.init) else { continue }
            X509_up_ref(pointer)
            certificates.append(try SigningCertificate(CertificateHandle(owning: pointer)))
        }
        return certificates
    }
}
