import COpenSSL

/// Decodes and encodes by OpenSSL's `d2i` and `i2d` functions.
enum DER {
    /// What `decode` makes of `der`, for the caller to free; `nil` unless it used every byte.
    static func parse(
        _ der: [UInt8],
        by decode: (UnsafeMutablePointer<OpaquePointer?>?, UnsafeMutablePointer<UnsafePointer<UInt8>?>?, Int)
            -> OpaquePointer?,
        free: (OpaquePointer?) -> Void
    ) -> OpaquePointer? {
        der.withUnsafeBufferPointer { bytes in
            var next = bytes.baseAddress
            guard let object = decode(nil, &next, bytes.count) else { return nil }
            guard let start = bytes.baseAddress, next == start + bytes.count else {
                free(object)
                return nil
            }
            return object
        }
    }

    /// - Returns: `nil` if OpenSSL cannot encode.
    static func bytes(_ encode: (UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>?) -> Int32) -> [UInt8]? {
        var start: UnsafeMutablePointer<UInt8>?
        let count = encode(&start)
        guard count > 0, let start else { return nil }
        defer { CRYPTO_free(start, nil, 0) }
        return Array(UnsafeBufferPointer(start: start, count: Int(count)))
    }
}
