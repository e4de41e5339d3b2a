import Bytes
import Evidence
import EvidenceStore
import Foundation
import MerkleLog
import Notary
import Testing

/// Each check of the audit sees the one thing that is damaged.
@Suite struct AuditTests {
    struct Damage: Sendable {
        let what: String
        /// Words of a finding that must be among those of the audit.
        let finding: String
        let change: @Sendable (StoreRows) throws -> Void

        init(_ what: String, _ finding: String, _ change: @escaping @Sendable (StoreRows) throws -> Void) {
            (self.what, self.finding, self.change) = (what, finding, change)
        }
    }

    /// More than one tile has; one full, one partial, and one above them.
    private static let entryCount = 260

    private static let logDamages = [
        Damage("an entry changed", "The record of entry 0 does not open") {
            try $0.flip(.entries, byte: 40)
        },
        Damage("an entry changed", "has another root than its entries") { try $0.flip(.entries, byte: 40) },
        Damage("an entry changed", "Tile tile/0/000 differs") { try $0.flip(.entries, byte: 40) },
        Damage("a bundle gone", "Entries are missing in 0..<") { try $0.delete(.entries) },
        Damage("a bundle past the end", "A row of entries is for place 900 of lane 0") {
            try $0.set(.entries, place(900), to: $0.row(.entries).value)
        },
        Damage("a bundle of no lane", "A row of entries is for place 0 of lane 7") {
            try $0.set(.entries, place(0, lane: 7), to: $0.row(.entries).value)
        },
        Damage("a full tile changed", "Tile tile/0/000 differs") { try $0.flip(.tiles, byte: 99) },
        Damage("a full tile gone", "Tile tile/0/000 differs") { try $0.delete(.tiles) },
        Damage("a partial tile gone", "Tile tile/0/001 differs") { try $0.delete(.tiles, 1) },
        Damage("the tile above changed", "Tile tile/1/000 differs") { try $0.flip(.tiles, 2, byte: 0) },
        Damage("a tile wider than the tree", "Tile tile/0/001 of lane 0 holds more") {
            let row = try $0.row(.tiles, 1)
            try $0.set(.tiles, row.key, to: row.value + row.value.prefix(32))
        },
        Damage("a tile past the end", "Tile tile/0/002 of lane 0 holds more") {
            let row = try $0.row(.tiles, 1)
            try $0.set(.tiles, row.key.dropLast() + [2], to: row.value)
        },
        Damage("a tile of a level too high", "Tile tile/2/000 of lane 0 holds more") {
            let row = try $0.row(.tiles, 2)
            try $0.set(.tiles, [0, 0, 2] + row.key.dropFirst(3), to: row.value)
        },
        Damage("a checkpoint's signature changed", "is not signed by the log's key") {
            try $0.flip(.checkpoints, byte: -20)
        },
        Damage("a checkpoint under another size", "is not signed by the log's key") {
            try $0.set(.checkpoints, $0.row(.checkpoints).key, to: $0.row(.checkpoints, 1).value)
        },
        Damage("a batch of a later time", "is of a time before the last one's") {
            try $0.set(.checkpoints, $0.row(.checkpoints).key, to: later($0.row(.checkpoints).value))
        },
        Damage("a checkpoint of nothing", "a checkpoint of no entries") {
            try $0.set(.checkpoints, place(0), to: $0.row(.checkpoints).value)
        },
        Damage("the newest checkpoint gone", "The guard file has seen") { try $0.delete(.checkpoints, -1) },
        Damage("a timestamp changed", "A timestamp by self-operated does not cover") {
            try $0.flip(.timestamps, byte: -5)
        },
        Damage("a timestamp's imprint changed", "A timestamp by self-operated does not cover") {
            try $0.flip(.timestamps, byte: 5)
        },
        Damage("a timestamp of no checkpoint", "that is not there") {
            let row = try $0.row(.timestamps)
            try $0.set(.timestamps, [0, 7] + row.key.dropFirst(2), to: row.value)
        },
    ]

    private static let recordDamages = [
        Damage("a record gone with a receipt that nobody signed", "The erasure of entry 3 has no receipt for it") {
            for family in [Family.records, .recordKeys] { try $0.delete(family, 3) }
            try $0.set(.erasures, place(3), to: Array("text\n\n— name AAAA\n".utf8))
        },
        Damage("a receipt for no entry", "A row of erasures is for entry 900 of lane 0, which is not there") {
            try $0.set(.erasures, place(900), to: [1])
        },
        Damage("a cosignature of no checkpoint", "A cosignature by witness.example is for a checkpoint of size 900") {
            let line = "— witness.example AQIDBAAAAAAAAAAA"
            try $0.set(.cosignatures, place(900) + [1, 2, 3, 4], to: Array(line.utf8))
        },
        Damage("a cosignature that is none", "A row of cosignatures has not the layout of its family") {
            try $0.set(.cosignatures, place(1) + [1, 2, 3, 4], to: [1])
        },
        Damage("a record gone", "The record of entry 3 is missing") { try $0.delete(.records, 3) },
        Damage("a record gone and its key there", "Entry 3 has no record, and there is a record key") {
            try $0.delete(.records, 3)
        },
        Damage("a record changed", "The record of entry 3 does not open") { try $0.flip(.records, 3, byte: -1) },
        Damage("a record given away", "The record of entry 3 does not open") { try $0.flip(.records, 3, byte: 3) },
        Damage("a record's key gone", "The record of entry 3 does not open") { try $0.delete(.recordKeys, 3) },
        Damage("a record's key changed", "The record of entry 3 does not open") {
            try $0.flip(.recordKeys, 3, byte: 0)
        },
        Damage("a record past the end", "A row of records is for place 900") {
            try $0.set(.records, place(900), to: $0.row(.records).value)
        },
        Damage("a record key past the end", "A row of recordKeys is for place 900") {
            try $0.set(.recordKeys, place(900), to: $0.row(.recordKeys).value)
        },
        Damage("an account gone", "There are records of account 1, and no such account") { try $0.delete(.accounts) },
        Damage("a token of nobody", "A token is of account 9, which is not there") {
            try $0.set(.tokens, [UInt8](repeating: 1, count: 32), to: [0, 0, 0, 9] + [UInt8](repeating: 0, count: 16))
        },
        Damage("a chunk of an original gone", "A chunk of an original is missing") { try $0.delete(.originals) },
        Damage("a chunk of an original changed", "does not read: Stored ciphertext was changed") {
            try $0.flip(.originals, byte: 50)
        },
        Damage("a chunk of no original", "There are 1 chunks of originals that no record names") {
            try $0.set(.originals, [UInt8](repeating: 3, count: 20), to: [1])
        },
        Damage("an original marked as without a record", "the next start would delete it") {
            try $0.set(.pendingOriginals, Array($0.row(.originals).key.prefix(16)), to: [])
        },
    ]

    private static let indexDamages = [
        Damage("an id not found", "The row of positions for entry") { try $0.delete(.positions, 7) },
        Damage("an id at another place", "A row of positions leads to entry 259, which does not call for it") {
            try $0.set(.positions, $0.row(.positions, 7).key, to: place(259))
        },
        Damage("an id of nothing", "A row of positions leads to entry 5, which does not call for it") {
            try $0.set(.positions, [UInt8](repeating: 1, count: 32), to: place(5))
        },
        Damage("an id past the end", "A row of positions leads to entry 900 of lane 0: it has none") {
            try $0.set(.positions, [UInt8](repeating: 1, count: 32), to: place(900))
        },
        Damage("a digest not found", "The row of digests for entry") { try $0.delete(.digests, 7) },
        Damage("a digest of nothing", "A row of digests leads to entry 5, which does not call for it") {
            try $0.set(.digests, [1] + [UInt8](repeating: 1, count: 32) + place(5), to: $0.row(.digests).value)
        },
        Damage("a digest otherwise known", "The row of digests for entry") { try $0.flip(.digests, 7, byte: 4) },
        Damage("not in its account's list", "The row of accountRecords for entry 7") {
            try $0.delete(.accountRecords, 7)
        },
        Damage("in another account's list", "A row of accountRecords leads to entry 7, which does not call for it") {
            try $0.set(.accountRecords, [0, 0, 0, 2] + place(7), to: [])
        },
        Damage("a fingerprint gone", "The row of fingerprints for entry") { try $0.delete(.fingerprints) },
        Damage("a fingerprint changed", "The row of fingerprints for entry") { try $0.flip(.fingerprints, byte: -1) },
        Damage("a fingerprint of nothing", "A row of fingerprints leads to entry 5, which does not call for it") {
            let row = try $0.row(.fingerprints)
            try $0.set(.fingerprints, row.key.dropLast(10) + place(5), to: row.value)
        },
        Damage("a notice that is none", "A row of notices leads to entry 5, which does not call for it") {
            try $0.set(.notices, place(5), to: [])
        },
        Damage("an idempotency key of nothing", "An idempotency key of account 1 names") {
            try $0.flip(.idempotency, byte: 0)
        },
        Damage("an idempotency key of another account", "An idempotency key of account 0 names") {
            let row = try $0.row(.idempotency)
            try $0.set(.idempotency, [0, 0, 0, 0] + row.key.dropFirst(4), to: row.value)
        },
        Damage("an idempotency row cut short", "A row of idempotency has not the layout") {
            try $0.set(.idempotency, $0.row(.idempotency).key, to: [1])
        },
    ]

    @Test func everyDamageIsFound() async throws {
        let office = try Office()
        let rows = StoreRows()
        let notary = try office.open { rows.attach(to: &$0) }
        defer { notary.close() }
        try await fill(notary)
        let clean = try notary.audit()
        #expect(clean.isConsistent && clean.entries == UInt64(Self.entryCount), "\(clean.findings)")
        #expect(clean.records == clean.entries && clean.originals == 1 && clean.timestamps == 1)
        #expect(clean.indexRows > 3 * clean.entries)
        for damage in Self.logDamages + Self.recordDamages + Self.indexDamages {
            try damage.change(rows)
            let report = try notary.audit()
            #expect(report.findings.contains { $0.contains(damage.finding) }, "\(damage.what): \(report.findings)")
            #expect(report.findings.count <= 100)
            try rows.undo()
        }
        #expect(try notary.audit().findings == [])
    }

    /// The one damage that takes the log's own key.
    @Test func aCheckpointOfAnotherTreeIsFound() async throws {
        let office = try Office()
        let rows = StoreRows()
        let notary = try office.open { rows.attach(to: &$0) }
        defer { notary.close() }
        let caller = try notary.localCaller(account: Notary.defaultAccountName)
        for text in ["one", "two"] { _ = try await notary.register(text, for: caller) }
        let text = try String(contentsOfFile: "\(office.folder)/keys/log.key", encoding: .utf8)
        let key = try SignerKey(parsing: text.dropLast())
        let other = try Checkpoint(origin: Office.origin, size: TreeSize(1), root: Digest256(ofNumber: 5))
        let row = try rows.row(.checkpoints)
        try rows.set(.checkpoints, row.key, to: row.value.prefix(8) + other.signed(by: key).bytes)
        #expect(try notary.audit().findings == ["The checkpoint of size 1 has another root than its entries."])
    }

    @Test func aLogAtWorkIsAuditedAsItWas() async throws {
        let office = try Office()
        try await office.whileOpen { notary, caller in
            _ = try await notary.register("one", for: caller)
            try await withThrowingTaskGroup { group in
                for worker in 0..<4 {
                    group.addTask {
                        for number in 0..<60 { _ = try await notary.register("\(worker) \(number)", for: caller) }
                    }
                }
                group.addTask {
                    for _ in 0..<20 {
                        let report = try notary.audit()
                        #expect(report.isConsistent, "\(report.findings)")
                        await Task.yield()
                    }
                }
                try await group.waitForAll()
            }
            #expect(try notary.audit().entries == 241)
        }
    }

    /// A photo with its original, a text with an idempotency key, and digests; one timestamp.
    private func fill(_ notary: Notary) async throws {
        let caller = try notary.localCaller(account: Notary.defaultAccountName)
        let photo = notary.makeUpload()
        try photo.append(Office.photo())
        _ = try await notary.register(photo, RegistrationRequest(declaredMediaType: "image/jpeg"), for: caller)
        let first = try await notary.register("a text", key: "key", for: caller)
        try await withThrowingTaskGroup { group in
            for number in 2..<Self.entryCount {
                group.addTask { _ = try await notary.register(.numbered(number), RegistrationRequest(), for: caller) }
            }
            try await group.waitForAll()
        }
        _ = try await notary.evidenceFile(of: first.id, for: caller)
    }

    private static func place(_ index: UInt64, lane: UInt8 = 0) -> [UInt8] {
        var place: [UInt8] = [0, lane]
        place.append(bigEndian: index)
        return place
    }

    /// A checkpoint's row with a time an hour later.
    private static func later(_ row: [UInt8]) -> [UInt8] {
        let time = row.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        var later: [UInt8] = []
        later.append(bigEndian: time + 3_600_000)
        return later + row.dropFirst(8)
    }
}

extension Digest256 {
    fileprivate init(ofNumber number: UInt64) { self.init(bigEndianWords: (0, 0, 0, number)) }
}

extension Office {
    /// A picture of the repository.
    static func photo() throws -> [UInt8] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return Array(
            try Data(contentsOf: root.appending(path: "Tests/MediaDecodingTests/Vectors/formats/baseline.jpg"))
        )
    }
}
