import Bytes

/// What a child that draws says once, 16 bytes: that the PNG lies in the shared memory, or why there is none.
package enum OverlayAnswer: Equatable, Sendable {
    case drawn(byteCount: Int)
    /// - isQuery: Whether the picture looked for is the one that does not decode.
    case refused(MediaError.Code, isQuery: Bool)

    package static let byteCount = 16
    private static let magic: UInt32 = 0x43_4E_4F_41  // "CNOA"

    package var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(bigEndian: Self.magic)
        switch self {
        case .drawn(let count):
            bytes += [0, 0, 0, 0]
            bytes.append(bigEndian: UInt64(count))
        case .refused(let code, let isQuery):
            bytes += [1, UInt8(MediaError.Code.allCases.firstIndex(of: code) ?? 0), isQuery ? 1 : 0, 0]
            bytes.append(bigEndian: UInt64(0))
        }
        return bytes
    }

    /// - Returns: `nil` for anything that a child of ours never says.
    package init?(_ bytes: [UInt8]) {
        var reader = ByteReader(bytes)
        let codes = MediaError.Code.allCases
        guard bytes.count == Self.byteCount, reader.read(bigEndian: UInt32.self) == Self.magic,
            let kind = reader.read(bigEndian: UInt8.self), let code = reader.read(bigEndian: UInt8.self),
            let flag = reader.read(bigEndian: UInt8.self), flag <= 1, reader.read(bigEndian: UInt8.self) == 0,
            let count = reader.read(bigEndian: UInt64.self).flatMap({ Int(exactly: $0) })
        else { return nil }
        switch kind {
        case 0 where code == 0 && flag == 0: self = .drawn(byteCount: count)
        case 1 where Int(code) < codes.count && count == 0: self = .refused(codes[Int(code)], isQuery: flag == 1)
        default: return nil
        }
    }
}
