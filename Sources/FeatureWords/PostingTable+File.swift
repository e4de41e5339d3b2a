import Bytes
import Glibc

/// A table's file: under a digest, a line that names the format, how many features there are and how long the
/// attachment is (64 bits each, most significant byte first), the table as it lies in memory, the attachment.
///
/// Loaded into memory of its own rather than mapped: every byte is checked on the way, and later damage or a cut file
/// cannot stop the process.
extension PostingTable {
    /// Numbers in the table are lowest byte first: the name would change with the order.
    private static let name = [UInt8]("cinnabar-postings-1 \(FeatureWords.name)\n".utf8)
    private static let headByteCount = name.count + 16

    /// - Parameter attachment: Kept with the table.
    /// - Throws: ``PostingError`` `.full` or `.io`.
    public func write(attachment: [UInt8], to path: String) throws(PostingError) {
        var head = Self.name
        head.append(bigEndian: UInt64(count))
        head.append(bigEndian: UInt64(attachment.count))
        let image = UnsafeRawBufferPointer(start: memory.base, count: layout.byteCount)
        try DigestedFile.write(head: head, image: image, tail: attachment, to: path)
    }

    /// - Throws: ``PostingError`` `.damaged`, also when there is no such file; `.io` or `.outOfMemory`.
    public static func read(_ path: String) throws(PostingError) -> (table: PostingTable, attachment: [UInt8]) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        if descriptor < 0, errno == ENOENT { throw PostingError(.damaged, "\(path) is missing.") }
        guard descriptor >= 0 else { throw DigestedFile.failure("open", path) }
        defer { close(descriptor) }
        var head = [UInt8](repeating: 0, count: headByteCount)
        let hasHead = head.withUnsafeMutableBytes {
            DigestedFile.fill($0, from: descriptor, at: Digest256.byteCount)
        }
        var reader = ByteReader(head)
        guard hasHead, reader.read(name.count).map({ $0.elementsEqual(name) }) == true,
            let count = reader.read(bigEndian: UInt64.self), let length = reader.read(bigEndian: UInt64.self),
            count < PostingLayout.countLimit, length < PostingLayout.countLimit
        else { throw DigestedFile.damage(path) }
        let layout = PostingLayout(count: Int(count))
        let byteCount = Digest256.byteCount + headByteCount + layout.byteCount + Int(length)
        guard try DigestedFile.size(of: descriptor, path) == byteCount else { throw DigestedFile.damage(path) }
        let memory = try PostingMemory(byteCount: layout.byteCount)
        let image = UnsafeMutableRawBufferPointer(start: memory.base, count: layout.byteCount)
        var attachment = [UInt8](repeating: 0, count: Int(length))
        let isWhole = head.withUnsafeMutableBytes { head in
            attachment.withUnsafeMutableBytes { DigestedFile.check(descriptor, [head, image, $0]) }
        }
        guard isWhole else { throw DigestedFile.damage(path) }
        return (PostingTable(layout: layout, memory: memory), attachment)
    }
}
