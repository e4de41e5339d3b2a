import COpenSSL

/// Owns a memory `BIO`: bytes for OpenSSL to read, or what it wrote.
struct MemoryBuffer: ~Copyable {
    let pointer: OpaquePointer

    /// Empty, to be written to.
    init() { self.init([]) }

    /// Holding a copy of `bytes`.
    init(_ bytes: [UInt8]) {
        guard let pointer = BIO_new(BIO_s_mem()), bytes.isEmpty || BIO_write(pointer, bytes, Int32(bytes.count)) > 0
        else {
            preconditionFailure("OpenSSL could not allocate a buffer.")
        }
        self.pointer = pointer
    }

    deinit { BIO_free(pointer) }

    var bytes: [UInt8] {
        var start: UnsafeMutablePointer<UInt8>?
        let count = BIO_ctrl(pointer, BIO_CTRL_INFO, 0, &start)
        return Array(UnsafeBufferPointer(start: start, count: count))
    }
}
