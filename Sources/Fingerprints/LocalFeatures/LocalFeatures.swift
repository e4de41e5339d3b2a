public import Bytes

/// The local features of one picture, in the frame that they were found in.
///
/// An index, not evidence: they may improve from version to version, each under a name of its own.
public struct LocalFeatures: Sendable, Equatable {
    /// The name that is stored beside them. Features of different names are never compared.
    public static let algorithm = "orb-1"
    /// As many as any picture has: what decoding accepts.
    public static let countLimit = 4096
    /// The longest side of a frame: positions fit 16 bits.
    public static let frameLimit = 8191

    /// Pixels of the luma plane that was searched, after scaling.
    public let frameWidth: Int
    /// Pixels of the luma plane that was searched, after scaling.
    public let frameHeight: Int
    /// Strongest first.
    public let features: [LocalFeature]

    /// - Returns: `nil` for a frame outside ``frameLimit``, too many features, or a feature outside the frame.
    public init?(frameWidth: Int, frameHeight: Int, features: [LocalFeature]) {
        let steps = LocalFeature.stepsPerPixel
        guard (1...Self.frameLimit).contains(frameWidth), (1...Self.frameLimit).contains(frameHeight),
            features.count <= Self.countLimit,
            features.allSatisfy({ Int($0.x) <= frameWidth * steps && Int($0.y) <= frameHeight * steps })
        else { return nil }
        self.frameWidth = frameWidth
        self.frameHeight = frameHeight
        self.features = features
    }

    /// The length of ``bytes`` with so many features.
    public static func byteCount(_ features: Int) -> Int { 6 + features * LocalFeature.byteCount }

    /// Big-endian: width, height and count in 16 bits each, then of each feature x, y, level, angle and descriptor.
    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.byteCount(features.count))
        bytes.append(bigEndian: UInt16(frameWidth))
        bytes.append(bigEndian: UInt16(frameHeight))
        bytes.append(bigEndian: UInt16(features.count))
        for feature in features {
            bytes.append(bigEndian: feature.x)
            bytes.append(bigEndian: feature.y)
            bytes.append(feature.level)
            bytes.append(feature.angle)
            for word in 0..<4 { bytes.append(bigEndian: feature.descriptor[word]) }
        }
        return bytes
    }

    /// - Returns: `nil` unless the reader holds features as ``bytes`` writes them; what follows them is left unread.
    public init?(reading reader: inout ByteReader) {
        guard let width = reader.read(bigEndian: UInt16.self), let height = reader.read(bigEndian: UInt16.self),
            let count = reader.read(bigEndian: UInt16.self), Int(count) <= Self.countLimit
        else { return nil }
        var features: [LocalFeature] = []
        features.reserveCapacity(Int(count))
        for _ in 0..<count {
            guard let x = reader.read(bigEndian: UInt16.self), let y = reader.read(bigEndian: UInt16.self),
                let level = reader.read(bigEndian: UInt8.self), let angle = reader.read(bigEndian: UInt8.self),
                let first = reader.read(bigEndian: UInt64.self), let second = reader.read(bigEndian: UInt64.self),
                let third = reader.read(bigEndian: UInt64.self), let fourth = reader.read(bigEndian: UInt64.self)
            else { return nil }
            features.append(
                LocalFeature(x: x, y: y, level: level, angle: angle, descriptor: SIMD4(first, second, third, fourth))
            )
        }
        self.init(frameWidth: Int(width), frameHeight: Int(height), features: features)
    }
}
