import Bytes
import Fingerprints

/// How a request lies in the memory that is shared with the child, big-endian: magic number, pixel limit, width, nine
/// numbers of the transform, the two regions with their counts, the caption with its length, then of each picture its
/// kind, size and bytes.
extension OverlayRequest {
    private static let magic: UInt32 = 0x43_4E_4F_56  // "CNOV"

    package func bytes(pixelLimit: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(bigEndian: Self.magic)
        bytes.append(bigEndian: UInt64(pixelLimit))
        bytes.append(bigEndian: UInt64(max(0, widthPixels)))
        for index in 0..<9 { bytes.append(number: index < transform.count ? transform[index] : .nan) }
        for region in [queryRegion, registeredRegion] {
            bytes.append(bigEndian: UInt64(min(region.count, Self.cornerLimit)))
            for point in region.prefix(Self.cornerLimit) {
                bytes.append(number: point.x)
                bytes.append(number: point.y)
            }
        }
        let caption = caption.unicodeScalars.prefix(Self.captionLimit).map { scalar in
            (0x20...0x7E).contains(scalar.value) ? UInt8(scalar.value) : UInt8(ascii: "?")
        }
        bytes.append(bigEndian: UInt64(caption.count))
        bytes += caption
        for picture in [query, registered] { picture.append(to: &bytes) }
        return bytes
    }

    /// - Returns: `nil` for anything that ``bytes(pixelLimit:)`` does not write of a request that can be drawn. Bytes
    ///   after the request are not looked at.
    package static func read(_ bytes: [UInt8]) -> (request: OverlayRequest, pixelLimit: Int)? {
        var reader = ByteReader(bytes)
        guard reader.read(bigEndian: UInt32.self) == magic,
            let pixelLimit = reader.count(upTo: .max), let width = reader.count(upTo: greatestWidthPixels),
            width >= leastWidthPixels
        else { return nil }
        let transform = (0..<9).compactMap { _ in reader.number() }
        guard transform.count == 9, transform.allSatisfy(\.isFinite), let queryRegion = reader.region(),
            let registeredRegion = reader.region(), let captionCount = reader.count(upTo: captionLimit),
            let caption = reader.read(captionCount), let query = Picture(reading: &reader),
            let registered = Picture(reading: &reader)
        else { return nil }
        let request = OverlayRequest(
            query: query,
            registered: registered,
            transform: transform,
            queryRegion: queryRegion,
            registeredRegion: registeredRegion,
            caption: String(decoding: caption, as: UTF8.self),
            widthPixels: width
        )
        return (request, pixelLimit)
    }
}

extension OverlayRequest.Picture {
    fileprivate func append(to bytes: inout [UInt8]) {
        switch self {
        case .file(let file):
            bytes.append(0)
            bytes.append(bigEndian: UInt64(file.count))
            bytes += file
        case .sketch(let plane):
            bytes.append(1)
            bytes.append(bigEndian: UInt64(plane.width))
            bytes.append(bigEndian: UInt64(plane.height))
            bytes += plane.pixels
        }
    }

    fileprivate init?(reading reader: inout ByteReader) {
        switch reader.read(bigEndian: UInt8.self) {
        case 0:
            guard let count = reader.count(upTo: .max), let bytes = reader.read(count) else { return nil }
            self = .file(Array(bytes))
        case 1:
            // A sketch is far smaller; the limit keeps the product in range.
            guard let width = reader.count(upTo: 4096), let height = reader.count(upTo: 4096),
                let pixels = reader.read(width * height),
                let plane = try? LumaPlane(width: width, height: height, pixels: Array(pixels))
            else { return nil }
            self = .sketch(plane)
        default: return nil
        }
    }
}

extension [UInt8] {
    fileprivate mutating func append(number: Double) { append(bigEndian: number.bitPattern) }
}

extension ByteReader {
    fileprivate mutating func count(upTo limit: Int) -> Int? {
        read(bigEndian: UInt64.self).flatMap { Int(exactly: $0) }.flatMap { $0 <= limit ? $0 : nil }
    }

    fileprivate mutating func number() -> Double? { read(bigEndian: UInt64.self).map { Double(bitPattern: $0) } }

    fileprivate mutating func region() -> [OverlayRequest.Point]? {
        guard let count = count(upTo: OverlayRequest.cornerLimit) else { return nil }
        var region: [OverlayRequest.Point] = []
        for _ in 0..<count {
            guard let x = number(), let y = number(), x.isFinite, y.isFinite else { return nil }
            region.append(OverlayRequest.Point(x, y))
        }
        return region
    }
}
