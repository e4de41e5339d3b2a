public import Archives
import CArchive
import Glibc

/// A ZIP being read by libarchive. For the decoder program alone.
public struct ArchiveReader: ~Copyable {
    /// What became of a member.
    public enum Content {
        case bytes([UInt8])
        case failure(ArchiveError.Code)
    }

    private let handle: OpaquePointer
    private let memberLimitBytes: Int

    /// Bytes of a member that are expanded at a time.
    private static let blockBytes = 64 << 10

    /// "libarchive 3.6.2".
    public static var library: String { String(cString: archive_version_string()) }

    /// Once, before any restriction. Names that the archive marks as UTF-8 are converted to the locale's encoding; in
    /// this one they stay as they are.
    public static func start() { setlocale(LC_CTYPE, "C.UTF-8") }

    /// - Parameters:
    ///   - bytes: The archive, which outlives the reader.
    ///   - memberLimitBytes: The largest member.
    public init(_ bytes: UnsafeRawBufferPointer, memberLimitBytes: Int) throws(ArchiveError) {
        guard let handle = archive_read_new() else {
            throw ArchiveError(.decoderUnavailable, "libarchive does not start")
        }
        self.handle = handle
        self.memberLimitBytes = memberLimitBytes
        // This format alone. A failure to open it is kept by libarchive and answered again by each later call.
        archive_read_support_format_zip(handle)
        archive_read_open_memory(handle, bytes.baseAddress, bytes.count)
    }

    deinit { archive_read_free(handle) }

    /// The next member that is no folder: its path's bytes as the archive has them, cut at the limit, and its content.
    ///
    /// - Parameter isWanted: Members whose path it refuses are passed over, and never expanded.
    /// - Returns: `nil` at the end.
    /// - Throws: ``ArchiveError`` `.unsupportedFormat` before the first member, `.malformed` after it.
    public mutating func next(
        isFirst: Bool,
        where isWanted: ([UInt8]) -> Bool = { _ in true }
    ) throws(ArchiveError) -> (path: [UInt8], content: Content)? {
        var isFirst = isFirst
        while true {
            var entry: OpaquePointer?
            switch archive_read_next_header(handle, &entry) {
            case ARCHIVE_EOF: return nil
            case ARCHIVE_OK, ARCHIVE_WARN:
                guard let entry else { throw ArchiveError(.malformed, "no member") }
                if archive_entry_filetype(entry) == Glibc.S_IFDIR { continue }
                isFirst = false
                let path = path(entry)
                if isWanted(path) { return (path, content(entry)) }
            case ARCHIVE_RETRY: continue
            default:
                throw isFirst
                    ? ArchiveError(.unsupportedFormat, "no ZIP") : ArchiveError(.malformed, "damaged between members")
            }
        }
    }

    private func path(_ entry: OpaquePointer) -> [UInt8] {
        guard let text = archive_entry_pathname(entry) else { return [] }
        return Array(UnsafeRawBufferPointer(start: text, count: min(strlen(text), ArchiveMessage.pathLimitBytes)))
    }

    private func content(_ entry: OpaquePointer) -> Content {
        guard archive_entry_filetype(entry) == Glibc.S_IFREG else { return .failure(.notARegularFile) }
        guard archive_entry_is_encrypted(entry) == 0 else { return .failure(.encrypted) }
        let declared = archive_entry_size_is_set(entry) != 0 ? Int(archive_entry_size(entry)) : 0
        guard declared <= memberLimitBytes else { return .failure(.memberTooLarge) }
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: Self.blockBytes)
        while true {
            let count = archive_read_data(handle, &block, block.count)
            // A wrong checksum or length is only a warning to libarchive, and no member here.
            guard count >= 0 else { return .failure(.malformed) }
            if count == 0 { break }
            guard bytes.count + count <= memberLimitBytes else { return .failure(.memberTooLarge) }
            bytes += block.prefix(count)
        }
        return .bytes(bytes)
    }
}
