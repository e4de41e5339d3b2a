#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif
import Fingerprints
import Testing

@testable import SimilarityIndex

/// Made-up photos laid on a grey ground, the last on top, as one picture of 4 : 3.
struct SyntheticScene {
    struct Layer {
        let photo: SyntheticPhoto
        /// From the photo to the scene, both in parts of width and height.
        let map: Homography
    }

    /// Width over height of scenes and of photos.
    private static let stretch = 4.0 / 3
    var layers: [Layer]
    var ground: Double = 240
    /// Pixels of the frame that features are found in when the scene is looked for.
    var frameWidth = 1280
    /// Applied to every brightness.
    var tone: @Sendable (Double) -> Double = { $0 }

    init(of photo: SyntheticPhoto) { layers = [Layer(photo: photo, map: .identity)] }

    init(_ photo: SyntheticPhoto, map: Homography) { layers = [Layer(photo: photo, map: map)] }

    /// Lays one more on top, its upper left corner at (x, y), in parts of the scene.
    func with(_ photo: SyntheticPhoto, x: Double, y: Double, width: Double, height: Double) -> Self {
        var scene = self
        scene.layers.append(Layer(photo: photo, map: Self.box(x: x, y: y, width: width, height: height)))
        return scene
    }

    static func box(x: Double, y: Double, width: Double, height: Double) -> Homography {
        Homography(elements: [width, 0, x, 0, height, y, 0, 0, 1])
    }

    /// Turned around its middle, in pixels of one size, and scaled.
    static func turned(_ degrees: Double, scale: Double = 1) -> Homography {
        Homography(elements: [1, 0, -0.5, 0, 1, -0.5, 0, 0, 1])
            .followed(by: Homography(stretchX: stretch, stretchY: 1))
            .followed(by: Homography(scale: scale, angle: degrees * .pi / 180, x: 0, y: 0))
            .followed(by: Homography(stretchX: 1 / stretch, stretchY: 1))
            .followed(by: Homography(elements: [1, 0, 0.5, 0, 1, 0.5, 0, 0, 1]))
    }

    private func topLayer(at point: PlanePoint) -> (index: Int, place: PlanePoint)? {
        for (index, layer) in layers.enumerated().reversed() {
            guard let place = layer.map.inverse?.image(of: point) else { continue }
            if (0...1).contains(place.x), (0...1).contains(place.y) { return (index, place) }
        }
        return nil
    }

    private func plane(width: Int, height: Int) -> LumaPlane {
        let inverses = layers.map { $0.map.inverse ?? .identity }
        var pixels: [UInt8] = []
        for row in 0..<height {
            for column in 0..<width {
                let point = PlanePoint(
                    x: (Double(column) + 0.5) / Double(width),
                    y: (Double(row) + 0.5) / Double(height)
                )
                var value = ground
                for (layer, inverse) in zip(layers, inverses) {
                    guard let place = inverse.image(of: point), (0...1).contains(place.x), (0...1).contains(place.y)
                    else { continue }
                    value = layer.photo.brightness(at: place)
                }
                pixels.append(UInt8(max(0, min(255, tone(value)))))
            }
        }
        guard let plane = try? LumaPlane(width: width, height: height, pixels: pixels) else { fatalError("a plane") }
        return plane
    }

    /// Its features, each with `noiseBits` bits of its descriptor wrong.
    private func features(frameWidth: Int, noiseBits: Int, isMirrored: Bool, limit: Int) -> LocalFeatures {
        let frameHeight = frameWidth * 3 / 4
        var generator = SeededGenerator(state: 99)
        var features: [LocalFeature] = []
        for (index, layer) in layers.enumerated() {
            for feature in layer.photo.features {
                guard var place = layer.map.image(of: feature.place), topLayer(at: place)?.index == index,
                    let d = layer.map.derivative(at: feature.place)
                else { continue }
                // In pixels of one size.
                let (xx, yx, xy, yy) = (d.xx, d.yx / Self.stretch, d.xy * Self.stretch, d.yy)
                let scale = abs(xx * yy - xy * yx).squareRoot() * Double(frameWidth) / 640
                var turn = atan2(yx - xy, xx + yy) / (2 * .pi) * 256
                if isMirrored {
                    // The scene mirrored again shows the photo upright.
                    place.x = 1 - place.x
                    turn = atan2(yx + xy, yy - xx) / (2 * .pi) * -256
                }
                let level = Double(feature.level) + log(scale) / log(1.2)
                guard (0...1).contains(place.x), (0...1).contains(place.y), level > -0.5, level < 7.5 else { continue }
                var descriptor = feature.descriptor
                for bit in (0..<256).shuffled(using: &generator).prefix(noiseBits) {
                    descriptor[bit / 64] ^= 1 << UInt64(bit % 64)
                }
                features.append(
                    LocalFeature(
                        x: UInt16(max(0, place.x * Double(frameWidth * 8) - 4)),
                        y: UInt16(max(0, place.y * Double(frameHeight * 8) - 4)),
                        level: UInt8(max(0, level.rounded())),
                        angle: UInt8(truncatingIfNeeded: Int(Double(feature.angle) + turn.rounded())),
                        descriptor: descriptor
                    )
                )
            }
        }
        let kept = Array(features.suffix(limit))
        guard let found = LocalFeatures(frameWidth: frameWidth, frameHeight: frameHeight, features: kept) else {
            fatalError("features outside their frame")
        }
        return found
    }

    var sketch: PictureSketch {
        PictureSketch(
            features: features(frameWidth: 640, noiseBits: 0, isMirrored: false, limit: PictureSketch.featureLimit),
            thumbnail: plane(width: 96, height: 72)
        )
    }

    func query(readings: [QuerySketch.Reading] = [.plain]) -> QuerySketch {
        var found: [QuerySketch.Reading: LocalFeatures] = [:]
        for reading in readings {
            found[reading] = features(
                frameWidth: frameWidth,
                noiseBits: 20,
                isMirrored: reading == .mirrored,
                limit: QuerySketch.featureLimit
            )
        }
        return QuerySketch(readings: found, luma: plane(width: 192, height: 144))
    }

    /// What is said when this scene is looked for and `registered` is held against it.
    func verdict(on registered: PictureSketch, reading: QuerySketch.Reading = .plain) -> CopyVerdict? {
        PreparedQuery(query(readings: [reading])).verdict(on: registered, reading: reading)
    }
}
