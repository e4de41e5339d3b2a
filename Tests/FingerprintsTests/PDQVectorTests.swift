import Foundation
import Testing

@testable import Fingerprints

/// Other people's photos, compared from the transform on: their pixels need a decoder, so `MediaDecoding` compares those.
@Suite(.enabled(if: PDQVectors.isThere, "no pdq/pdq.json in CINNABAR_VECTORS (default ../shared/vectors)"))
struct PDQVectorTests {
    /// The vectors give frequencies with four decimals, so that one equal to the median may fall on either side.
    @Test func cutsTransformsAsTheReferenceDoes() throws {
        let cases = try PDQVectors.cases()
        #expect(cases.count >= 29)
        for reference in cases {
            try #require(reference.dct16x16.count == 256)
            // pdqhash gives them in the order of the bits as they are printed: the last one first.
            let frequencies = Array(reference.dct16x16.reversed())
            let rows = (0..<16).map { row in
                var vector = SIMD16<Float>.zero
                for column in 0..<16 { vector[column] = frequencies[row * 16 + column] }
                return vector
            }
            let fingerprints = Transform(rows: rows).fingerprints()
            for (orientation, fingerprint) in zip(Orientation.allCases, fingerprints) {
                let text = try #require(reference.dihedral[orientation.rawValue])
                let expected = try #require(PDQFingerprint(hex: text))
                #expect(fingerprint.distanceBits(to: expected) <= 1, "\(reference.file) \(orientation)")
            }
        }
    }
}

private enum PDQVectors {
    struct Case: Decodable {
        let file: String
        let dihedral: [String: String]
        let dct16x16: [Float]
    }

    static var isThere: Bool { FileManager.default.fileExists(atPath: file.path) }

    static func cases() throws -> [Case] { try JSONDecoder().decode([Case].self, from: Data(contentsOf: file)) }

    private static let file: URL = {
        let root = URL(fileURLWithPath: #filePath).appending(path: "../../..").standardized
        let named = ProcessInfo.processInfo.environment["CINNABAR_VECTORS"].map { URL(fileURLWithPath: $0) }
        return (named ?? root.appending(path: "../shared/vectors").standardized).appending(path: "pdq/pdq.json")
    }()
}
