import ArchiveDecoding
import Archives
import Documents

/// Parts of a word processor's ZIP.
enum ZipParts {
    /// Expands the named members and no other.
    ///
    /// - Throws: ``DocumentError`` `.encrypted`, `.partTooLarge` or `.malformed`.
    static func read(
        _ names: Set<String>,
        of archive: UnsafeRawBufferPointer
    ) throws(DocumentError) -> [String: [UInt8]] {
        var parts: [String: [UInt8]] = [:]
        do throws(ArchiveError) {
            var reader = try ArchiveReader(archive, memberLimitBytes: DocumentLimits.partBytes)
            var isFirst = true
            while let (path, content) = try reader.next(
                isFirst: isFirst,
                where: { names.contains(String(decoding: $0, as: UTF8.self)) }
            ) {
                isFirst = false
                switch content {
                case .bytes(let bytes): parts[String(decoding: path, as: UTF8.self)] = bytes
                case .failure(let code): throw ArchiveError(code, "a part")
                }
            }
        } catch {
            switch error.code {
            case .encrypted: throw DocumentError(.encrypted)
            case .memberTooLarge: throw DocumentError(.partTooLarge)
            default: throw DocumentError(.malformed)
            }
        }
        return parts
    }
}
