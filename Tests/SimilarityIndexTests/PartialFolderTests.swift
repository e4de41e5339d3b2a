import FeatureWords
import Fingerprints
import Foundation
import Synchronization
import Testing

@testable import SimilarityIndex

/// What a restart finds.
@Suite final class PartialFolderTests {
    private let path = FileManager.default.temporaryDirectory.appending(path: "parts-\(UUID().uuidString)").path
    private let reports = Reports()

    private final class Reports: Sendable {
        private let texts = Mutex<[String]>([])
        var count: Int { texts.withLock { $0.count } }
        func add(_ text: String) { texts.withLock { $0.append(text) } }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    private func opened() throws -> PartialIndex {
        try PartialIndex(folder: path, report: { [reports] in reports.add($0) })
    }

    private func segmentFiles() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path).filter { $0.hasPrefix("segment-") }.sorted()
    }

    private func filled(_ synthetic: inout SyntheticFeatures, count: Int = 40) throws -> [LocalFeatures] {
        let pictures = (0..<count).map { _ in synthetic.picture() }
        let index = try opened()
        for (number, picture) in pictures.enumerated() {
            index.insert(picture, key: EntryKey(lane: UInt16(number % 2), index: UInt64(number)))
        }
        index.seal()
        return pictures
    }

    private func first(_ index: PartialIndex, _ synthetic: inout SyntheticFeatures, _ picture: LocalFeatures)
        -> EntryKey?
    {
        index.candidates(for: synthetic.query(synthetic.copy(of: picture, count: 80)), limit: 5).first?.key
    }

    @Test func whatWasSealedIsThereAgain() throws {
        var synthetic = SyntheticFeatures(seed: 61)
        let pictures = try filled(&synthetic)
        let index = try opened()
        #expect(index.discarded == nil)
        #expect(index.count == 40)
        #expect(index.covered(lane: 0) == 39)
        #expect(index.covered(lane: 1) == 40)
        #expect(index.covered(lane: 2) == 0)
        #expect(first(index, &synthetic, pictures[12]) == EntryKey(lane: 0, index: 12))
        #expect(reports.count == 0)
    }

    /// The tail is the caller's to insert again.
    @Test func whatWasNotSealedIsNotCovered() throws {
        var synthetic = SyntheticFeatures(seed: 62)
        _ = try filled(&synthetic)
        let index = try opened()
        let late = synthetic.picture()
        index.insert(late, key: EntryKey(lane: 0, index: 77))
        #expect(index.covered(lane: 0) == 39)
        let again = try opened()
        #expect(again.count == 40)
        #expect(again.covered(lane: 0) == 39)
    }

    @Test func theErasedStayAway() throws {
        var synthetic = SyntheticFeatures(seed: 63)
        let pictures = try filled(&synthetic)
        let key = EntryKey(lane: 1, index: 13)
        #expect(try opened().remove(key))
        for isCompacted in [false, true] {
            let index = try opened()
            #expect(index.count == 39)
            #expect(!index.remove(key))
            #expect(first(index, &synthetic, pictures[13]) != key)
            #expect(index.covered(lane: 1) == 40)
            if !isCompacted { index.compact() }
        }
        #expect(try segmentFiles().count == 1)
    }

    @Test func segmentsBecomeOneFile() throws {
        var synthetic = SyntheticFeatures(seed: 64)
        let pictures = (0..<12).map { _ in synthetic.picture() }
        let index = try opened()
        for (number, picture) in pictures.enumerated() {
            index.insert(picture, key: EntryKey(number))
            index.seal()
        }
        #expect(try segmentFiles().count < 12)
        index.compact()
        #expect(try segmentFiles().count == 1)
        let again = try opened()
        #expect(again.count == 12)
        for (number, picture) in pictures.enumerated() {
            #expect(first(again, &synthetic, picture) == EntryKey(number))
        }
    }

    @Test(arguments: [0, 40, 100, 5_000, 280_000, -1])
    func aChangedByteIsNoticed(at offset: Int) throws {
        var synthetic = SyntheticFeatures(seed: 65)
        let pictures = try filled(&synthetic)
        let file = URL(filePath: path).appending(path: try #require(try segmentFiles().first))
        var bytes = try Data(contentsOf: file)
        bytes[offset < 0 ? bytes.count - 1 : offset] ^= 0x10
        try bytes.write(to: file)
        let index = try opened()
        #expect(index.discarded?.code == .damaged)
        #expect(index.count == 0)
        #expect(index.covered(lane: 0) == 0)
        #expect(try segmentFiles().isEmpty)
        index.insert(pictures[0], key: EntryKey(0))
        index.seal()
        #expect(try opened().count == 1)
    }

    @Test func aCutOrMissingFileIsNoticed() throws {
        var synthetic = SyntheticFeatures(seed: 66)
        for isCut in [true, false] {
            _ = try filled(&synthetic, count: 4)
            let file = URL(filePath: path).appending(path: try #require(try segmentFiles().first))
            if isCut {
                try Data(contentsOf: file).dropLast(1).write(to: file)
            } else {
                try FileManager.default.removeItem(at: file)
            }
            let index = try opened()
            #expect(index.discarded?.code == .damaged)
            #expect(index.count == 0)
        }
    }

    @Test func aDamagedOrMissingManifestIsNoticed() throws {
        var synthetic = SyntheticFeatures(seed: 67)
        let manifest = URL(filePath: path).appending(path: "manifest")
        for change in [Data?.none, Data(), Data(repeating: 7, count: 100)] {
            _ = try filled(&synthetic, count: 4)
            if let change {
                try change.write(to: manifest)
            } else {
                try FileManager.default.removeItem(at: manifest)
            }
            #expect(try opened().discarded?.code == .damaged)
            #expect(try segmentFiles().isEmpty)
        }
    }

    /// What a crash leaves between a segment's file and the manifest.
    @Test func filesThatNobodyNamesGo() throws {
        var synthetic = SyntheticFeatures(seed: 68)
        _ = try filled(&synthetic)
        let folder = URL(filePath: path)
        try Data([1, 2, 3]).write(to: folder.appending(path: "segment-9.new"))
        try Data([1, 2, 3]).write(to: folder.appending(path: "segment-10"))
        let index = try opened()
        #expect(index.discarded == nil)
        #expect(index.count == 40)
        #expect(try segmentFiles().count == 1)
    }

    /// It works on in memory, says so, and writes what it could not when it can.
    @Test func aFolderThatIsGoneIsReported() throws {
        var synthetic = SyntheticFeatures(seed: 69)
        let index = try opened()
        try FileManager.default.removeItem(atPath: path)
        let picture = synthetic.picture()
        index.insert(picture, key: EntryKey(0))
        index.seal()
        #expect(reports.count > 0)
        #expect(first(index, &synthetic, picture) == EntryKey(0))
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        index.seal()
        #expect(try opened().count == 1)
    }

    @Test func insertionsAndLookupsRunSideBySide() async throws {
        var synthetic = SyntheticFeatures(seed: 70)
        let index = try opened()
        let known = synthetic.picture()
        index.insert(known, key: EntryKey(0))
        let prepared = (0..<300).map { _ in PreparedFeatures(synthetic.picture(count: 40)) }
        let query = synthetic.query(synthetic.copy(of: known, count: 80))
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                for (number, features) in prepared.enumerated() {
                    index.insert(contentsOf: [(features: features, key: EntryKey(number + 1))])
                    if number % 50 == 49 { index.seal() }
                }
            }
            group.addTask {
                for _ in 0..<20 { #expect(index.candidates(for: query, limit: 3).first?.key == EntryKey(0)) }
            }
        }
        index.seal()
        #expect(index.count == 301)
        #expect(try opened().count == 301)
    }
}
