import Fingerprints
import Foundation
import MediaDecoding
import Testing

/// Our own decoding against the reference's fingerprints of the same files (`pdq` in the outside vectors).
struct PDQReferenceTests {
    private struct Reference: Decodable {
        let file: String
        let pdq: String
        let quality: Int
    }

    /// Named by the environment, or beside the repository.
    private static let folder: URL = {
        let root = URL(fileURLWithPath: #filePath).appending(path: "../../..").standardized
        let beside = root.appending(path: "../shared/vectors").standardized
        return (ProcessInfo.processInfo.environment["CINNABAR_VECTORS"].map { URL(fileURLWithPath: $0) } ?? beside)
            .appending(path: "pdq")
    }()
    private static var hasVectors: Bool {
        FileManager.default.fileExists(atPath: folder.appending(path: "pdq.json").path(percentEncoded: false))
    }

    /// Upstream's own rule of correctness.
    private static let toleranceBits = 10

    @Test(.enabled(if: hasVectors, "the pdq vectors are not there; set CINNABAR_VECTORS"))
    func decodedPicturesStayCloseToTheReference() async throws {
        let json = try Data(contentsOf: Self.folder.appending(path: "pdq.json"))
        let references = try JSONDecoder().decode([Reference].self, from: json)
        #expect(references.count > 20)
        for reference in references where reference.quality >= 80 {
            let bytes = try Array(Data(contentsOf: Self.folder.appending(path: reference.file)))
            let picture = try await PoolFixture.picture(bytes)
            let expected = try #require(PDQFingerprint(hex: reference.pdq))
            let distance = pdqFingerprint(of: picture.luma).fingerprint.distanceBits(to: expected)
            #expect(distance <= Self.toleranceBits, "\(reference.file): \(distance)")
        }
    }
}
