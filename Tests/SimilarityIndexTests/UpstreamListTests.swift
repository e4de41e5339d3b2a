import Fingerprints
import Foundation
import Testing

@testable import SimilarityIndex

/// Upstream's own lists of fingerprints for index tests.
@Suite(.enabled(if: UpstreamLists.areThere, "no pdq/haystack.txt in CINNABAR_VECTORS (default ../shared/vectors)"))
struct UpstreamListTests {
    @Test func findsEachNeedleLikeAFullScan() throws {
        let haystack = try UpstreamLists.read("haystack.txt")
        let needles = try UpstreamLists.read("needles.txt")
        #expect(haystack.count == 1350 && needles.count == 100)
        let entries = haystack.enumerated().map { (fingerprint: $1, key: EntryKey($0)) }
        let index = FingerprintIndex()
        index.insert(contentsOf: entries)
        index.seal()
        for wanted in needles + haystack.prefix(50) {
            let found = index.lookups(
                for: [[wanted.words]],
                within: PDQFingerprint.nearCopyDistanceBits,
                limit: .max
            )
            #expect(found[0].matches == naiveMatches(entries, [wanted], within: PDQFingerprint.nearCopyDistanceBits))
        }
    }
}

private enum UpstreamLists {
    static var areThere: Bool { FileManager.default.fileExists(atPath: folder.appending(path: "haystack.txt").path) }

    static func read(_ name: String) throws -> [PDQFingerprint] {
        try String(contentsOf: folder.appending(path: name), encoding: .utf8).split(separator: "\n").map { line in
            try #require(PDQFingerprint(hex: line), "\(line)")
        }
    }

    private static let folder: URL = {
        let root = URL(fileURLWithPath: #filePath).appending(path: "../../..").standardized
        let named = ProcessInfo.processInfo.environment["CINNABAR_VECTORS"].map { URL(fileURLWithPath: $0) }
        return (named ?? root.appending(path: "../shared/vectors").standardized).appending(path: "pdq")
    }()
}
