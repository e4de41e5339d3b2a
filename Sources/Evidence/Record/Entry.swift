public import Bytes
public import MerkleLog
import OpenSSL

/// The bytes a record puts in the public log: exactly 171, two digests of `record.json` and nothing else.
///
/// `{"cinnabar":"entry-1","sha256":"<64 hex>","sm3":"<64 hex>"}`, this key order, lower case, no newline.
public struct Entry: Sendable, Hashable {
    public static let byteCount = 171

    public let sha256: Digest256
    public let sm3: Digest256

    /// The entry of a record.
    public init(record: [UInt8]) {
        sha256 = SHA256.digest(of: record)
        sm3 = SM3.digest(of: record)
    }

    /// - Throws: ``EvidenceError`` with `.invalidField` for anything but the exact form above.
    public init(bytes: [UInt8]) throws(EvidenceError) {
        guard bytes.count == Self.byteCount, let sha256 = Digest256(hex: Self.text(bytes[Self.sha256Range])),
            let sm3 = Digest256(hex: Self.text(bytes[Self.sm3Range]))
        else { throw EvidenceError(.invalidField, "entry.json is not an entry-1: 171 bytes with two digests") }
        self.sha256 = sha256
        self.sm3 = sm3
        guard self.bytes == bytes else {
            throw EvidenceError(.invalidField, "entry.json is not spelled exactly as an entry-1")
        }
    }

    public var bytes: [UInt8] {
        Array(#"{"cinnabar":"entry-1","sha256":"\#(sha256.hex)","sm3":"\#(sm3.hex)"}"#.utf8)
    }

    /// SHA-256(0x00 ‖ entry): the registration's id, independent of index, lane and log.
    public var leafHash: LeafHash { LeafHash(entry: bytes) }

    private static let sha256Range = 32..<96
    private static let sm3Range = 105..<169
    private static func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }
}
