import Bytes

/// What goes between a decoder child and its parent besides the shared memory: frames of one fixed length, big-endian.
///
/// The bytes of a file, and later those of its plane and of a ``SketchAnswer``, lie at the start of the shared memory. Both sides check each
/// frame's magic number, version and kind; the parent trusts nothing that a child says.
package enum DecoderMessage: Equatable, Sendable {
    /// Child, once, when it is ready: whether the kernel filters its system calls.
    case hello(isFiltered: Bool)
    /// Parent: decode this file.
    case request(Request)
    /// Child: the plane lies in the memory.
    case picture(sequence: UInt64, Picture)
    /// Child: no picture.
    case refusal(sequence: UInt64, MediaError.Code)

    package struct Request: Equatable, Sendable {
        /// Counts a child's requests from 1; the answer repeats it.
        package var sequence: UInt64
        package var format: MediaFormat
        package var byteCount: Int
        package var pixelLimit: Int
        package var seconds: Int
        package var wish: DecodeWish
    }

    package struct Picture: Equatable, Sendable {
        package var path: DecodePath
        package var width: Int
        package var height: Int
        package var planeWidth: Int
        package var planeHeight: Int
        package var frames: Int
        /// The bytes of the ``SketchAnswer`` after the plane.
        package var answerBytes = 0

        package init(path: DecodePath, width: Int, height: Int, planeWidth: Int, planeHeight: Int, frames: Int) {
            self.path = path
            self.width = width
            self.height = height
            self.planeWidth = planeWidth
            self.planeHeight = planeHeight
            self.frames = frames
        }
    }

    /// Every frame: magic number, version, kind, detail, zero, sequence, six numbers of which a kind uses some.
    package static let byteCount = 64
    private static let magic: UInt32 = 0x43_4E_42_52  // "CNBR"
    private static let version: UInt8 = 2

    package var bytes: [UInt8] {
        switch self {
        case .hello(let isFiltered):
            Self.frame(1, detail: isFiltered ? 1 : 0, sequence: 0, [])
        case .request(let request):
            Self.frame(
                2,
                detail: request.format.rawValue,
                sequence: request.sequence,
                [request.byteCount, request.pixelLimit, request.seconds, Int(request.wish.rawValue)]
            )
        case .picture(let sequence, let picture):
            Self.frame(
                3,
                detail: UInt8(DecodePath.allCases.firstIndex(of: picture.path) ?? 0),
                sequence: sequence,
                [
                    picture.width, picture.height, picture.planeWidth, picture.planeHeight, picture.frames,
                    picture.answerBytes,
                ]
            )
        case .refusal(let sequence, let code):
            Self.frame(
                4,
                detail: UInt8(MediaError.Code.allCases.firstIndex(of: code) ?? 0),
                sequence: sequence,
                []
            )
        }
    }

    /// - Returns: `nil` for anything that the other side never writes.
    package init?(_ bytes: [UInt8]) {
        var reader = ByteReader(bytes)
        guard
            bytes.count == Self.byteCount, reader.read(bigEndian: UInt32.self) == Self.magic,
            reader.read(bigEndian: UInt8.self) == Self.version, let kind = reader.read(bigEndian: UInt8.self),
            let detail = reader.read(bigEndian: UInt8.self), reader.read(bigEndian: UInt8.self) == 0,
            let sequence = reader.read(bigEndian: UInt64.self)
        else { return nil }
        var numbers: [Int] = []
        while let number = reader.read(bigEndian: UInt64.self) {
            guard let number = Int(exactly: number) else { return nil }
            numbers.append(number)
        }
        self.init(kind: kind, detail: Int(detail), sequence: sequence, numbers)
    }

    private init?(kind: UInt8, detail: Int, sequence: UInt64, _ numbers: [Int]) {
        let codes = MediaError.Code.allCases
        let paths = DecodePath.allCases
        switch kind {
        case 1 where detail <= 1 && sequence == 0: self = .hello(isFiltered: detail == 1)
        case 2:
            guard let format = MediaFormat(rawValue: UInt8(detail)), let wish = DecodeWish(number: numbers[3]) else {
                return nil
            }
            self = .request(
                Request(
                    sequence: sequence,
                    format: format,
                    byteCount: numbers[0],
                    pixelLimit: numbers[1],
                    seconds: numbers[2],
                    wish: wish
                )
            )
        case 3 where detail < paths.count:
            var picture = Picture(
                path: paths[detail],
                width: numbers[0],
                height: numbers[1],
                planeWidth: numbers[2],
                planeHeight: numbers[3],
                frames: numbers[4]
            )
            picture.answerBytes = numbers[5]
            self = .picture(sequence: sequence, picture)
        case 4 where detail < codes.count: self = .refusal(sequence: sequence, codes[detail])
        default: return nil
        }
    }

    private static func frame(_ kind: UInt8, detail: UInt8, sequence: UInt64, _ numbers: [Int]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(byteCount)
        bytes.append(bigEndian: magic)
        bytes += [version, kind, detail, 0]
        bytes.append(bigEndian: sequence)
        for index in 0..<6 { bytes.append(bigEndian: index < numbers.count ? UInt64(numbers[index]) : 0) }
        return bytes
    }
}
