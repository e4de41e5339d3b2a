import Bytes

/// The head of what the decoder child writes: fixed length, big-endian. The text follows, then for each drawn page its
/// width and height in four bytes each and its pixels. The parent trusts no number in it.
package enum DocumentMessage: Equatable, Sendable {
    /// Once, before the document is looked at: whether the kernel filters system calls.
    case hello(isFiltered: Bool)
    case document(Head)
    case failure(DocumentError.Code)

    package struct Head: Equatable, Sendable {
        package var method: Document.Method
        package var isCut: Bool
        package var textBytes: Int
        /// `nil` where the format has no pages.
        package var pageCount: Int?
        /// A place in ``Charset/allCases``.
        package var charset: Charset?
        package var pictureCount: Int

        package init(
            method: Document.Method,
            isCut: Bool,
            textBytes: Int,
            pageCount: Int?,
            charset: Charset?,
            pictureCount: Int
        ) {
            self.method = method
            self.isCut = isCut
            self.textBytes = textBytes
            self.pageCount = pageCount
            self.charset = charset
            self.pictureCount = pictureCount
        }
    }

    package static let byteCount = 32
    private static let magic: UInt32 = 0x43_4E_54_58  // "CNTX"
    private static let version: UInt8 = 1

    package var bytes: [UInt8] {
        switch self {
        case .hello(let isFiltered): return Self.frame(1, detail: isFiltered ? 1 : 0)
        case .document(let head):
            let method = Document.Method.allCases.firstIndex(of: head.method) ?? 0
            let charset = head.charset.flatMap { Charset.allCases.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
            var bytes = Self.frame(2, detail: method)
            bytes += [head.isCut ? 1 : 0, UInt8(charset)]
            bytes.append(bigEndian: UInt16(head.pictureCount))
            bytes.append(bigEndian: UInt64(head.textBytes))
            bytes.append(bigEndian: UInt64(head.pageCount.map { $0 + 1 } ?? 0))
            return Self.filled(bytes)
        case .failure(let code): return Self.frame(3, detail: DocumentError.Code.allCases.firstIndex(of: code) ?? 0)
        }
    }

    /// - Returns: `nil` for anything that the child never writes.
    package init?(_ bytes: [UInt8]) {
        var reader = ByteReader(bytes)
        guard bytes.count == Self.byteCount, reader.read(bigEndian: UInt32.self) == Self.magic,
            reader.read(bigEndian: UInt8.self) == Self.version, let kind = reader.read(bigEndian: UInt8.self),
            let detail = reader.read(bigEndian: UInt16.self).map({ Int($0) })
        else { return nil }
        switch kind {
        case 1 where detail <= 1: self = .hello(isFiltered: detail == 1)
        case 2 where detail < Document.Method.allCases.count:
            guard let head = Self.head(&reader, Document.Method.allCases[detail]) else { return nil }
            self = .document(head)
        case 3 where detail < DocumentError.Code.allCases.count: self = .failure(DocumentError.Code.allCases[detail])
        default: return nil
        }
    }

    private static func head(_ reader: inout ByteReader, _ method: Document.Method) -> Head? {
        guard let isCut = reader.read(bigEndian: UInt8.self), isCut <= 1,
            let charset = reader.read(bigEndian: UInt8.self).map({ Int($0) }), charset <= Charset.allCases.count,
            let pictures = reader.read(bigEndian: UInt16.self).map({ Int($0) }),
            pictures <= DocumentLimits.pagePictures,
            let textBytes = reader.read(bigEndian: UInt64.self).flatMap({ Int(exactly: $0) }),
            textBytes <= DocumentLimits.textBytes,
            let pages = reader.read(bigEndian: UInt64.self).flatMap({ Int(exactly: $0) })
        else { return nil }
        return Head(
            method: method,
            isCut: isCut == 1,
            textBytes: textBytes,
            pageCount: pages > 0 ? pages - 1 : nil,
            charset: charset > 0 ? Charset.allCases[charset - 1] : nil,
            pictureCount: pictures
        )
    }

    /// What stands before the pixels of a drawn page.
    package static func pictureHead(width: Int, height: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(bigEndian: UInt32(width))
        bytes.append(bigEndian: UInt32(height))
        return bytes
    }

    private static func frame(_ kind: UInt8, detail: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(bigEndian: magic)
        bytes += [version, kind]
        bytes.append(bigEndian: UInt16(detail))
        return kind == 2 ? bytes : filled(bytes)
    }

    private static func filled(_ bytes: [UInt8]) -> [UInt8] {
        bytes + [UInt8](repeating: 0, count: byteCount - bytes.count)
    }
}
