import Foundation
@testable import RocksDB
import Testing

@Suite struct DatabaseTests {
    private let folder: TemporaryFolder
    private static let families = [FamilyOptions(name: "default"), FamilyOptions(name: "rows")]

    init() throws { folder = try TemporaryFolder() }

    private func database(_ expectation: DatabaseOptions.Expectation) throws(RocksDBError) -> Database {
        try Database(folder: folder.path + "/db", families: Self.families, options: DatabaseOptions(expectation))
    }

    private func put(_ rows: [UInt8: String], in database: Database) throws {
        let batch = Batch(database)
        for (key, value) in rows { batch.put(Array(value.utf8), for: [key], in: 1) }
        try database.write(batch, sync: true)
    }

    @Test func valuesSurviveReopening() throws {
        do { try put([1: "one", 2: ""], in: database(.new)) }
        let database = try database(.existing)
        #expect(try database.value(for: [1], in: 1) == Array("one".utf8))
        #expect(try database.value(for: [2], in: 1) == [])
        #expect(try database.value(for: [3], in: 1) == nil)
        #expect(try database.value(for: [1], in: 0) == nil)
    }

    @Test func anEmptyKeyIsAKey() throws {
        let database = try database(.new)
        let batch = Batch(database)
        batch.put([7], for: [], in: 1)
        try database.write(batch, sync: true)
        #expect(try database.value(for: [], in: 1) == [7])
    }

    @Test func deletionsApplyInOrder() throws {
        let database = try database(.new)
        let batch = Batch(database)
        batch.put([1], for: [1], in: 1)
        batch.delete([1], in: 1)
        batch.delete([2], in: 1)
        batch.put([2], for: [2], in: 1)
        try database.write(batch, sync: false)
        #expect(try database.value(for: [1], in: 1) == nil)
        #expect(try database.value(for: [2], in: 1) == [2])
    }

    @Test func aCursorWalksBothWaysAndEnds() throws {
        let database = try database(.new)
        try put([1: "a", 3: "c", 5: "e"], in: database)
        let cursor = Cursor(database, family: 1, fillCache: true)
        cursor.seek(toOrAfter: [2])
        #expect(try cursor.key() == [3])
        #expect(cursor.value() == Array("c".utf8))
        cursor.seek(toOrBefore: [4])
        #expect(try cursor.key() == [3])
        cursor.next()
        cursor.next()
        #expect(try cursor.key() == nil)
        cursor.seekToLast()
        #expect(try cursor.key() == [5])
        cursor.seek(toOrBefore: [0])
        #expect(try cursor.key() == nil)
    }

    @Test func aCursorKeepsToItsMomentAndItsDatabase() throws {
        var database: Database? = try database(.new)
        if let database { try put([1: "a"], in: database) }
        let cursor = Cursor(try #require(database), family: 1, fillCache: true)
        if let database { try put([2: "b"], in: database) }
        database = nil
        cursor.seek(toOrAfter: [1])
        #expect(try cursor.key() == [1])
        cursor.next()
        #expect(try cursor.key() == nil)
    }

    @Test func aSnapshotKeepsToItsMomentAndItsDatabase() throws {
        var database: Database? = try database(.new)
        if let database { try put([1: "a", 2: "b"], in: database) }
        let snapshot = Snapshot(try #require(database))
        if let database {
            let batch = Batch(database)
            batch.delete([1], in: 1)
            batch.put([9], for: [2], in: 1)
            batch.put([9], for: [3], in: 1)
            try database.write(batch, sync: true)
            #expect(try database.value(for: [1], in: 1, at: snapshot) == Array("a".utf8))
            #expect(try database.value(for: [2], in: 1, at: snapshot) == Array("b".utf8))
            #expect(try database.value(for: [3], in: 1, at: snapshot) == nil)
            #expect(try database.value(for: [2], in: 1) == [9])
            let cursor = Cursor(database, family: 1, fillCache: false, snapshot: snapshot)
            cursor.seekToLast()
            #expect(try cursor.key() == [2])
        }
        database = nil
        #expect(throws: RocksDBError(.lockedByAnotherProcess)) { try self.database(.existing) }
        withExtendedLifetime(snapshot) {}
    }

    /// Three synced writes, the second one damaged: nothing opens by default; at a point in time the first is there;
    /// skipping shows what was dropped.
    @Test func otherRecoveriesTakeTheLogUpToADamageOrAroundIt() throws {
        do {
            let database = try database(.new)
            for key in 1...3 { try put([UInt8(key): String(repeating: "\(key)", count: 40_000)], in: database) }
        }
        try change(fileEnding: ".log", at: 60_000)
        #expect(throws: RocksDBError(.corrupted)) { try database(.existing) }
        for (recovery, keys) in [(DatabaseOptions.Recovery.skipCorrupted, [1, 3]), (.pointInTime, [1])] {
            let copy = "\(self.folder.path)/\(recovery)"
            try FileManager.default.copyItem(atPath: self.folder.path + "/db", toPath: copy)
            var options = DatabaseOptions(.existing)
            options.recovery = recovery
            let database = try Database(folder: copy, families: Self.families, options: options)
            #expect(try (1...3).filter { try database.value(for: [UInt8($0)], in: 1) != nil } == keys)
        }
    }

    @Test func openingTwiceIsRefused() throws {
        let first = try database(.new)
        #expect(throws: RocksDBError(.lockedByAnotherProcess)) { try database(.existing) }
        withExtendedLifetime(first) {}
    }

    @Test func openingWhatIsNotThereIsRefused() {
        #expect(throws: RocksDBError(.absent)) { try database(.existing) }
    }

    @Test func makingWhatIsThereIsRefused() throws {
        _ = try database(.new)
        #expect(throws: RocksDBError(.alreadyExists)) { try database(.new) }
    }

    @Test func aFamilyThatWasNotNamedIsRefused() throws {
        _ = try database(.new)
        #expect(throws: RocksDBError(.unknownFamily)) {
            try Database(
                folder: folder.path + "/db",
                families: [FamilyOptions(name: "default")],
                options: .init(.existing)
            )
        }
    }

    @Test func aChangedTableIsCorrupted() throws {
        do {
            let database = try database(.new)
            try put([1: String(repeating: "value", count: 1_000)], in: database)
        }
        // Opening moves the rows from the log to a table.
        _ = try self.database(.existing)
        try change(fileEnding: ".sst", at: 100)
        let database = try database(.existing)
        #expect(throws: RocksDBError(.corrupted)) { try database.value(for: [1], in: 1) }
    }

    @Test func aChangeInsideTheLogIsCorrupted() throws {
        do {
            let database = try database(.new)
            for key in 1...3 { try put([UInt8(key): String(repeating: "value", count: 1_000)], in: database) }
        }
        try change(fileEnding: ".log", at: 100)
        #expect(throws: RocksDBError(.corrupted)) { try database(.existing) }
    }

    @Test func aCutTailOfTheLogIsForgiven() throws {
        do {
            let database = try database(.new)
            for key in 1...3 { try put([UInt8(key): String(repeating: "value", count: 1_000)], in: database) }
        }
        let path = try #require(try files(ending: ".log").last)
        let bytes = try Data(contentsOf: URL(filePath: path))
        try bytes.dropLast(100).write(to: URL(filePath: path))
        let database = try database(.existing)
        #expect(try database.value(for: [2], in: 1) != nil)
        #expect(try database.value(for: [3], in: 1) == nil)
    }

    @Test func theOptionsAreThoseThatWereSet() throws {
        let database = try database(.new)
        let path = try #require(try files(containing: "OPTIONS-").last)
        let text = try String(contentsOfFile: path, encoding: .utf8)
        for option in [
            "wal_recovery_mode=kTolerateCorruptedTailRecords", "track_and_verify_wals_in_manifest=true",
            "paranoid_checks=true", "atomic_flush=true", "db_write_buffer_size=33554432", "manual_wal_flush=false",
            "compaction_style=kCompactionStyleUniversal", "checksum=kXXH3", "cache_index_and_filter_blocks=true",
        ] {
            #expect(text.contains(option), "\(option)")
        }
        withExtendedLifetime(database) {}
    }

    @Test(arguments: [
        ("IO error: No space left on device: While appending to file: x", RocksDBError.Code.full),
        ("IO error: While fsync: x: Input/output error", .io), ("Corruption: block checksum mismatch", .corrupted),
        ("Busy: x", .failed),
    ]) func textsBecomeCodes(text: String, code: RocksDBError.Code) {
        #expect(RocksDBError(text: text).code == code)
    }

    private func files(ending: String = "", containing: String = "") throws -> [String] {
        let folder = folder.path + "/db"
        return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
            .filter { $0.hasSuffix(ending) && (containing.isEmpty || $0.contains(containing)) }
            .map { folder + "/" + $0 }
    }

    private func change(fileEnding: String, at offset: Int) throws {
        let path = try #require(try files(ending: fileEnding).last)
        var bytes = try Data(contentsOf: URL(filePath: path))
        bytes[offset] ^= 1
        try bytes.write(to: URL(filePath: path))
    }
}
