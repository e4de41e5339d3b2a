import CZlib

/// Gzip (RFC 1952) by zlib.
public enum Gzip {
    /// Compressed in one piece, the same bytes for the same input.
    ///
    /// - Parameter level: 1, fast, to 9, small.
    /// - Returns: `nil` when zlib has no memory for it.
    public static func compressed(_ bytes: [UInt8], level: Int32 = 1) -> [UInt8]? {
        var stream = z_stream()
        guard cinnabar_deflate_init_gzip(&stream, level) == Z_OK else { return nil }
        defer { deflateEnd(&stream) }
        // zlib never writes more than its bound in one call, so that one call is the whole.
        var output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count))))
        var input = bytes
        let count: Int? = input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target in
                stream.next_in = source.baseAddress
                stream.avail_in = UInt32(source.count)
                stream.next_out = target.baseAddress
                stream.avail_out = UInt32(target.count)
                guard deflate(&stream, Z_FINISH) == Z_STREAM_END else { return nil }
                return target.count - Int(stream.avail_out)
            }
        }
        return count.map { Array(output[..<$0]) }
    }
}
