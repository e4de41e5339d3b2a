import Bytes
package import Fingerprints

/// What a decoder child puts after the plane: the sketch, then the readings of the query, each only if it was wanted.
///
/// A wanted sketch of a picture that has none is empty.
package struct SketchAnswer: Equatable, Sendable {
    package var sketch: PictureSketch?
    /// In the order of ``QuerySketch/Reading``; empty unless wanted.
    package var readings: [LocalFeatures]

    package init(sketch: PictureSketch? = nil, readings: [LocalFeatures] = []) {
        self.sketch = sketch
        self.readings = readings
    }

    /// The sketch's length in four bytes and the sketch, if `wish` has one; then the readings, if it has those.
    package func bytes(for wish: DecodeWish) -> [UInt8] {
        var bytes: [UInt8] = []
        if wish.contains(.registration) {
            let sketch = sketch?.bytes ?? []
            bytes.append(bigEndian: UInt32(sketch.count))
            bytes += sketch
        }
        if wish.contains(.query) { for reading in readings { bytes += reading.bytes } }
        return bytes
    }

    /// Trusts nothing: what is too long, too much or of unequal frames is no answer.
    package init?(_ bytes: [UInt8], for wish: DecodeWish) {
        var reader = ByteReader(bytes)
        sketch = nil
        readings = []
        if wish.contains(.registration) {
            guard let count = reader.read(bigEndian: UInt32.self), let sketch = reader.read(Int(count)) else {
                return nil
            }
            if count > 0 {
                guard let sketch = PictureSketch(bytes: Array(sketch)) else { return nil }
                self.sketch = sketch
            }
        }
        if wish.contains(.query) {
            for _ in QuerySketch.Reading.allCases {
                guard let features = LocalFeatures(reading: &reader),
                    features.features.count <= QuerySketch.featureLimit,
                    features.frameWidth == readings.first?.frameWidth ?? features.frameWidth,
                    features.frameHeight == readings.first?.frameHeight ?? features.frameHeight
                else { return nil }
                readings.append(features)
            }
        }
        guard reader.isAtEnd else { return nil }
    }

    /// - Parameter luma: The picture's plane.
    func query(of luma: LumaPlane) -> QuerySketch? {
        guard !readings.isEmpty else { return nil }
        let named = Dictionary(uniqueKeysWithValues: zip(QuerySketch.Reading.allCases, readings))
        return QuerySketch(readings: named, luma: luma)
    }
}
