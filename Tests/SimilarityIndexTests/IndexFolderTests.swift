import Foundation
import Synchronization
import Testing

@testable import Fingerprints
@testable import SimilarityIndex

/// An index that is closed and opened again, whole, damaged, or beside another store.
@Suite struct IndexFolderTests {
    private let path = FileManager.default.temporaryDirectory.appending(path: "index-\(UUID().uuidString)").path
    private let reports = Reports()

    private final class Reports: Sendable {
        let all = Mutex<[String]>([])
    }

    private static let identity: FingerprintIndex.Identity = { [UInt8($0.lane), UInt8($0.index % 256)] }

    private func open(
        identity: @escaping FingerprintIndex.Identity = Self.identity
    ) throws -> FingerprintIndex {
        try FingerprintIndex(
            folder: path,
            identity: identity,
            report: { [reports] text in reports.all.withLock { $0.append(text) } }
        )
    }

    private func files(_ ending: String = ".segment") throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path).filter { $0.hasSuffix(ending) }
    }

    private func filled() throws -> (index: FingerprintIndex, pictures: [PDQResult]) {
        let index = try open()
        let pictures = (0..<200).map { randomPicture(seed: UInt64($0) * 1000) }
        index.insert(contentsOf: pictures.enumerated().map { ($1.fingerprint, EntryKey($0 * 2)) })
        return (index, pictures)
    }

    private func remove() { try? FileManager.default.removeItem(atPath: path) }

    @Test func aNewFolderIsEmpty() throws {
        defer { remove() }
        let index = try open()
        #expect(index.count == 0 && index.covered(lane: 0) == 0 && index.discarded == nil)
        index.seal()
        #expect(try files().isEmpty)
    }

    /// What was sealed is there again; what was not is the caller's to insert, and inserting too much does no harm.
    @Test func opensWithWhatWasSealed() throws {
        defer { remove() }
        var (index, pictures) = try filled()
        index.seal()
        #expect(index.covered(lane: 0) == 399 && index.covered(lane: 1) == 0)
        let late = randomPicture(seed: 77)
        index.insert(late.fingerprint, key: EntryKey(500))
        #expect(index.count == 201)

        index = try open()
        #expect(index.discarded == nil && index.count == 200 && index.covered(lane: 0) == 399)
        #expect(index.matches(for: late, limit: 1).isEmpty)
        for (number, picture) in pictures.enumerated() {
            #expect(index.matches(for: picture, limit: 5).map(\.key) == [EntryKey(number * 2)])
        }
        index.insert(contentsOf: [(pictures[199].fingerprint, EntryKey(398)), (late.fingerprint, EntryKey(500))])
        #expect(index.count == 201)
        #expect(index.matches(for: late, limit: 2).map(\.key) == [EntryKey(500)])
        #expect(reports.all.withLock { $0 }.isEmpty)
    }

    @Test func removalsOutliveARestart() throws {
        defer { remove() }
        var (index, pictures) = try filled()
        index.seal()
        #expect(try index.remove(EntryKey(10)))
        index.insert(pictures[0].fingerprint, key: EntryKey(1000))
        #expect(try index.remove(EntryKey(1000)))

        index = try open()
        #expect(index.count == 199)
        #expect(index.matches(for: pictures[5], limit: 5).isEmpty)
        #expect(try !index.remove(EntryKey(10)))
        // A merge takes the entry out of the files, and the removal with it.
        index.insert(contentsOf: (600..<900).map { (randomPicture(seed: UInt64($0)).fingerprint, EntryKey($0)) })
        index.compact()
        #expect(index.count == 499)
        #expect(FileManager.default.contents(atPath: path + "/removed") == Data())

        index = try open()
        #expect(index.count == 499 && index.matches(for: pictures[5], limit: 5).isEmpty)
        #expect(index.covered(lane: 0) == 900)
    }

    @Test func everythingRemovedLeavesNoSegment() throws {
        defer { remove() }
        var index = try open()
        for key in 0..<3 { index.insert(randomPicture(seed: UInt64(key)).fingerprint, key: EntryKey(key)) }
        for key in 0..<3 { try index.remove(EntryKey(key)) }
        index.seal()
        #expect(index.count == 0 && index.covered(lane: 0) == 3)
        index = try open()
        #expect(index.count == 0 && index.covered(lane: 0) == 3 && index.discarded == nil)
    }

    @Test func mergedSegmentsLeaveOneFile() throws {
        defer { remove() }
        var index = try open()
        for key in 0..<50 {
            index.insert(
                randomPicture(seed: UInt64(key)).fingerprint,
                key: EntryKey(lane: UInt16(key % 2), index: UInt64(key))
            )
            index.seal()
        }
        index.compact()
        #expect(try files().count == 1)
        index = try open()
        #expect(index.count == 50 && index.covered(lane: 0) == 49 && index.covered(lane: 1) == 50)
    }

    /// A crash leaves files that no manifest names: they go, and count for nothing.
    @Test func leftoversAreDeleted() throws {
        defer { remove() }
        var (index, _) = try filled()
        index.seal()
        for name in ["99.segment", "100.segment.new"] {
            try Data([1]).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
        }
        index = try open()
        #expect(index.discarded == nil && index.count == 200)
        #expect(try files().count == 1 && files(".new").isEmpty)
    }

    @Test(arguments: ["bit", "cut", "missing segment", "missing manifest", "manifest", "removed", "strange keys"])
    func damageDropsEverythingAndSaysSo(kind: String) throws {
        defer { remove() }
        var (index, pictures) = try filled()
        index.seal()
        try index.remove(EntryKey(4))
        let segment = try "\(path)/" + #require(files().first)
        func alter(_ file: String, _ change: (inout Data) -> Void) throws {
            var bytes = try #require(FileManager.default.contents(atPath: file))
            change(&bytes)
            try bytes.write(to: URL(fileURLWithPath: file))
        }
        switch kind {
        case "bit": try alter(segment) { $0[9000] ^= 1 }
        case "cut": try alter(segment) { $0.removeLast() }
        case "missing segment": try FileManager.default.removeItem(atPath: segment)
        case "missing manifest": try FileManager.default.removeItem(atPath: path + "/manifest")
        case "manifest": try alter(path + "/manifest") { $0[$0.count - 2] ^= 1 }
        case "removed": try alter(path + "/removed") { $0[3] ^= 1 }
        default: try Data().write(to: URL(fileURLWithPath: path + "/manifest"))
        }
        index = try open()
        #expect(index.discarded?.code == .damaged)
        #expect(index.count == 0 && index.covered(lane: 0) == 0)
        #expect(try files().isEmpty)
        #expect(index.matches(for: pictures[0], limit: 5).isEmpty)
        // And it works on from there.
        index.insert(pictures[0].fingerprint, key: EntryKey(0))
        index.seal()
        index = try open()
        #expect(index.discarded == nil && index.matches(for: pictures[0], limit: 5).count == 1)
    }

    /// An older copy of the store was put back: the log grew other entries in the same places, or has them no more.
    @Test(arguments: [nil, [0, 99]] as [[UInt8]?])
    func anIndexOfAnotherLogIsDropped(identity: [UInt8]?) throws {
        defer { remove() }
        let (index, _) = try filled()
        index.seal()
        let opened = try open(identity: { _ in identity })
        #expect(opened.discarded?.code == .damaged && opened.count == 0)
    }

    /// The index stays right in memory, says what it could not write, and tries again.
    @Test func aFolderThatCannotBeWrittenToStopsNothing() throws {
        defer { remove() }
        let (index, pictures) = try filled()
        try FileManager.default.removeItem(atPath: path)
        index.seal()
        #expect(!reports.all.withLock { $0 }.isEmpty)
        #expect(index.matches(for: pictures[7], limit: 5).count == 1)
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        index.insert(randomPicture(seed: 3).fingerprint, key: EntryKey(900))
        index.seal()
        let opened = try open()
        #expect(opened.discarded == nil && opened.count == 201)
    }

    @Test func anIdentityThatIsNotToldKeepsEntriesInTheTail() throws {
        defer { remove() }
        let index = try open(identity: { _ in nil })
        let picture = randomPicture(seed: 1)
        index.insert(picture.fingerprint, key: EntryKey(0))
        index.seal()
        #expect(index.covered(lane: 0) == 0 && index.count == 1)
        #expect(index.matches(for: picture, limit: 1).count == 1)
        #expect(reports.all.withLock { $0.count } == 1)
    }
}
