import CRocksDB

/// Runs one call that reports through an error slot, and turns the slot's text into a thrown error.
///
/// The slot is local to the call, so calls on many threads never share one.
func checked<Result>(
    _ call: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
) throws(RocksDBError) -> Result {
    var text: UnsafeMutablePointer<CChar>?
    let result = call(&text)
    guard let text else { return result }
    defer { rocksdb_free(text) }
    throw RocksDBError(text: String(cString: text))
}

extension [UInt8] {
    /// Calls `body` with the bytes as C's characters; the pointer is never null, even for no bytes.
    func withCharacters<Result>(_ body: (UnsafePointer<CChar>, Int) -> Result) -> Result {
        withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress else {
                var none: CChar = 0
                return body(&none, 0)
            }
            return body(base.assumingMemoryBound(to: CChar.self), buffer.count)
        }
    }
}
