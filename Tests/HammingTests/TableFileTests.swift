import Foundation
import Testing

@testable import Hamming

@Suite struct TableFileTests {
    private let path = FileManager.default.temporaryDirectory.appending(path: "table-\(UUID().uuidString)").path

    private func table(_ count: Int) throws -> HammingTable {
        var generator = SeededGenerator(state: 1)
        var builder = try HammingTableBuilder(capacity: count)
        for tag in 0..<count { builder.append(generator.fingerprint(), tag: UInt32(tag)) }
        return try #require(try builder.table()).table
    }

    @Test(arguments: [1, 1000, 300_000])
    func readsBackWhatWasWritten(count: Int) throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        let written = try table(count)
        try written.write(attachment: [1, 2, 3], to: path)
        let (table, attachment) = try HammingTable.read(path)
        #expect(attachment == [1, 2, 3])
        #expect(table.layout == written.layout)
        let rows = stride(from: 0, to: count, by: max(1, count / 100))
        #expect(rows.allSatisfy { table.fingerprint(ofRow: $0) == written.fingerprint(ofRow: $0) })
        let queries = rows.prefix(8).map { table.fingerprint(ofRow: $0) }
        let (found, expected) = (table.matches(of: queries, within: 31), written.matches(of: queries, within: 31))
        #expect(found == expected && found.count >= min(count, 8))
        #expect(!FileManager.default.fileExists(atPath: path + ".new"))
    }

    @Test func aMissingFileIsAbsent() {
        #expect(throws: HammingError(.absent, "")) { try HammingTable.read(path) }
    }

    /// One bit in every part of the file, and every length but the right one.
    @Test func damageIsSeenWhereverItIs() throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        try table(2000).write(attachment: Array(repeating: 9, count: 50), to: path)
        let whole = try #require(FileManager.default.contents(atPath: path))
        let places =
            [0, 20, 29, 36, 44, 60, 100, 4095, 4096, 5000, 70_000, 200_000]
            + [120, 80, 60, 33, 1].map { whole.count - $0 }
        for place in places {
            var damaged = whole
            damaged[place] ^= 4
            try damaged.write(to: URL(fileURLWithPath: path))
            #expect(throws: HammingError(.damaged, ""), "\(place)") { try HammingTable.read(path) }
        }
        for length in [0, 1, 4095, 4096, 10_000, whole.count - 1] {
            try whole.prefix(length).write(to: URL(fileURLWithPath: path))
            #expect(throws: HammingError(.damaged, ""), "\(length)") { try HammingTable.read(path) }
        }
        try (whole + Data([0])).write(to: URL(fileURLWithPath: path))
        #expect(throws: HammingError(.damaged, "")) { try HammingTable.read(path) }
    }

    @Test func aFolderThatIsNotThereCannotBeWrittenTo() throws {
        let table = try table(3)
        #expect(throws: HammingError(.io, "")) { try table.write(attachment: [], to: path + "/there/table") }
    }
}
