import Bytes

/// The head of what the decoder child writes: fixed length, big-endian. For a member its path and bytes follow, for a
/// failed member its path. The parent trusts no number in it.
package enum ArchiveMessage: Equatable, Sendable {
    /// Once, before the archive is looked at: whether the kernel filters system calls.
    case hello(isFiltered: Bool)
    case member(pathBytes: Int, byteCount: Int)
    case failedMember(pathBytes: Int, ArchiveError.Code)
    /// No more members.
    case end
    /// The archive as a whole cannot be read (further).
    case failure(ArchiveError.Code)

    package static let byteCount = 24
    /// The longest path: what Linux takes at most.
    package static let pathLimitBytes = 4096
    private static let magic: UInt32 = 0x43_4E_41_52  // "CNAR"
    private static let version: UInt8 = 1

    package var bytes: [UInt8] {
        switch self {
        case .hello(let isFiltered): Self.frame(1, detail: isFiltered ? 1 : 0)
        case .member(let pathBytes, let byteCount): Self.frame(2, pathBytes: pathBytes, byteCount: byteCount)
        case .failedMember(let pathBytes, let code): Self.frame(3, detail: Self.number(code), pathBytes: pathBytes)
        case .end: Self.frame(4)
        case .failure(let code): Self.frame(5, detail: Self.number(code))
        }
    }

    /// - Returns: `nil` for anything that the child never writes.
    package init?(_ bytes: [UInt8]) {
        var reader = ByteReader(bytes)
        guard bytes.count == Self.byteCount, reader.read(bigEndian: UInt32.self) == Self.magic,
            reader.read(bigEndian: UInt8.self) == Self.version, let kind = reader.read(bigEndian: UInt8.self),
            let detail = reader.read(bigEndian: UInt16.self).map({ Int($0) }),
            let pathBytes = reader.read(bigEndian: UInt64.self).flatMap({ Int(exactly: $0) }),
            let byteCount = reader.read(bigEndian: UInt64.self).flatMap({ Int(exactly: $0) }),
            pathBytes <= Self.pathLimitBytes
        else { return nil }
        let codes = ArchiveError.Code.allCases
        switch kind {
        case 1 where detail <= 1: self = .hello(isFiltered: detail == 1)
        case 2: self = .member(pathBytes: pathBytes, byteCount: byteCount)
        case 3 where detail < codes.count: self = .failedMember(pathBytes: pathBytes, codes[detail])
        case 4: self = .end
        case 5 where detail < codes.count: self = .failure(codes[detail])
        default: return nil
        }
    }

    private static func number(_ code: ArchiveError.Code) -> Int {
        ArchiveError.Code.allCases.firstIndex(of: code) ?? 0
    }

    private static func frame(_ kind: UInt8, detail: Int = 0, pathBytes: Int = 0, byteCount: Int = 0) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(bigEndian: magic)
        bytes += [version, kind]
        bytes.append(bigEndian: UInt16(detail))
        bytes.append(bigEndian: UInt64(pathBytes))
        bytes.append(bigEndian: UInt64(byteCount))
        return bytes
    }
}
