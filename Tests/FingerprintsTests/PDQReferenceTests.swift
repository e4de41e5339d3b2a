import Foundation
import Testing

@testable import Fingerprints

/// One file of `Vectors/pdq-reference`.
struct PDQReferenceCase: Decodable, Sendable, CustomTestStringConvertible {
    struct Expectation: Decodable, Sendable {
        let quality: Int
        let orientations: [String: String]
    }

    let description: String
    let width: Int
    let height: Int
    let seed: UInt64
    let amplitude: Int
    let grey: Bool
    /// The sum of the first channel: whether the formula gave the picture that the reference saw.
    let checksum: Int
    let expect: Expectation

    var testDescription: String { description }
    var picture: SyntheticPicture {
        SyntheticPicture(width: width, height: height, seed: seed, amplitude: amplitude, grey: grey)
    }

    static let all: [Self] = {
        let folder = Bundle.module.url(forResource: "Vectors/pdq-reference", withExtension: nil)
        let files = folder.flatMap {
            try? FileManager.default.contentsOfDirectory(at: $0, includingPropertiesForKeys: nil)
        }
        return (files ?? []).filter { $0.pathExtension == "json" }.compactMap { file in
            try? JSONDecoder().decode(Self.self, from: Data(contentsOf: file))
        }
    }()
}

@Suite struct PDQReferenceTests {
    @Test func allCasesAreThere() { #expect(PDQReferenceCase.all.count == 14) }

    @Test(arguments: PDQReferenceCase.all)
    func equalsReferenceOnFractions(_ reference: PDQReferenceCase) throws {
        let picture = reference.picture
        #expect(picture.channels[0].reduce(0) { $0 + Int($1) } == reference.checksum)
        let result = try pdqFingerprint(ofLuma: picture.luma, width: picture.width, height: picture.height)
        expectEqual(result, reference.expect)
    }

    @Test(arguments: PDQReferenceCase.all.filter(\.grey))
    func equalsReferenceOnBytes(_ reference: PDQReferenceCase) throws {
        let picture = reference.picture
        let plane = try LumaPlane(width: picture.width, height: picture.height, pixels: picture.channels[0])
        expectEqual(pdqFingerprint(of: plane), reference.expect)
    }

    /// Wider than sums of 16 bits can filter: the other path gives the same.
    @Test func widePictureTakesTheOtherPath() throws {
        let width = ByteRowMeans.maximumWidth + 1
        let picture = SyntheticPicture(width: width, height: 5, seed: 5, amplitude: 160, grey: true)
        let bytes = try LumaPlane(width: width, height: 5, pixels: picture.channels[0])
        let fractions = try pdqFingerprint(ofLuma: picture.luma, width: width, height: 5)
        #expect(pdqFingerprint(of: bytes).orientations == fractions.orientations)
    }

    /// The widest window whose sums still fit 16 bits, on the brightest picture.
    @Test func widestBytePictureDoesNotOverflow() throws {
        let width = ByteRowMeans.maximumWidth
        let white = [UInt8](repeating: 255, count: width * 5)
        let bytes = pdqFingerprint(of: try LumaPlane(width: width, height: 5, pixels: white))
        let fractions = try pdqFingerprint(ofLuma: white.map(Float.init), width: width, height: 5)
        #expect(bytes.orientations == fractions.orientations)
        #expect(bytes.quality == 0 && !bytes.isIndexable)
    }

    private func expectEqual(_ result: PDQResult, _ expected: PDQReferenceCase.Expectation) {
        #expect(result.quality == expected.quality)
        #expect(result.orientations.count == 8)
        for (orientation, fingerprint) in zip(Orientation.allCases, result.orientations) {
            #expect(fingerprint.hex == expected.orientations[orientation.rawValue], "\(orientation)")
        }
        #expect(result.fingerprint == result[.original])
    }
}
