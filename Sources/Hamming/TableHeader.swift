import Bytes
import OpenSSL

/// The first page of a table's file.
///
/// A line that names the format, then big-endian numbers of 64 bits: rows, bytes of the attachment; then the SHA-256 of
/// the digests at the file's end, and that of all this. The rest is zero.
struct TableHeader: Equatable {
    static let byteCount = 4096
    /// Arrays lie in the file as in memory, lowest byte first: the name would change with the order.
    private static let name = [UInt8]("cinnabar-fingerprint-table-1\n".utf8)

    let count: Int
    let attachmentByteCount: Int
    /// Of all digests in the file, one after another.
    let digestOfDigests: Digest256

    init(count: Int, attachmentByteCount: Int, digestOfDigests: Digest256) {
        self.count = count
        self.attachmentByteCount = attachmentByteCount
        self.digestOfDigests = digestOfDigests
    }

    /// - Returns: `nil` for anything but a whole header.
    init?(_ bytes: [UInt8]) {
        var reader = ByteReader(bytes)
        guard bytes.count == Self.byteCount, reader.read(Self.name.count).map({ $0.elementsEqual(Self.name) }) == true,
            let count = reader.read(bigEndian: UInt64.self), let attachment = reader.read(bigEndian: UInt64.self),
            let digests = reader.readDigest(), count > 0, count <= TableLayout.rowLimit,
            attachment <= TableFile.attachmentLimitBytes
        else { return nil }
        self.init(count: Int(count), attachmentByteCount: Int(attachment), digestOfDigests: digests)
        guard encoded == bytes else { return nil }
    }

    var encoded: [UInt8] {
        var bytes = Self.name
        bytes.append(bigEndian: UInt64(count))
        bytes.append(bigEndian: UInt64(attachmentByteCount))
        digestOfDigests.append(to: &bytes)
        SHA256.digest(of: bytes).append(to: &bytes)
        return bytes + [UInt8](repeating: 0, count: Self.byteCount - bytes.count)
    }
}
