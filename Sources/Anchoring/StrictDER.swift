import Bytes
import SwiftASN1

/// The first look at untrusted DER, in memory-safe code, before anything else sees it.
enum StrictDER {
    enum Fault: Error { case malformed, trailingBytes }

    /// The tree of `bytes`: definite and minimal lengths all the way down, at most 50 levels deep, nothing after it.
    static func parse(_ bytes: [UInt8]) throws(Fault) -> ASN1Node {
        guard let count = outerCount(bytes), count <= bytes.count else { throw .malformed }
        guard count == bytes.count else { throw .trailingBytes }
        do { return try DER.parse(bytes) } catch { throw .malformed }
    }

    /// Length of the first element of `bytes`, header included, as it says itself.
    private static func outerCount(_ bytes: [UInt8]) -> Int? {
        var reader = ByteReader(bytes)
        guard reader.read(1) != nil, let first = reader.read(bigEndian: UInt8.self) else { return nil }
        guard first >= 0x80 else { return 2 + Int(first) }
        // Four bytes of length hold more than any limit here.
        let lengthCount = Int(first & 0x7F)
        guard (1...4).contains(lengthCount), let length = reader.read(lengthCount) else { return nil }
        return 2 + lengthCount + length.reduce(0) { $0 << 8 | Int($1) }
    }
}
