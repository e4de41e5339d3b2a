import EvidenceStore
import Foundation
import MerkleLog
import Testing

@Suite struct ErasingTests {
    private static let receipt = Array("a receipt".utf8)
    private static let traces = RecordTraces(digests: Fixture.digests(of: "photo"), fingerprints: ["pdq-1"])
    /// What belongs to a record and goes with it.
    private static let families: [Family] = [
        .records, .recordKeys, .accountRecords, .digests, .fingerprints, .idempotency, .originals, .derived,
    ]

    /// A photo with everything that a registration can have, another file of equal bytes, and one of another account.
    private static func populate(_ fixture: inout Fixture) throws -> [LeafHash] {
        var writer = try fixture.store.originalWriter(for: Fixture.seller)
        try writer.append([UInt8](repeating: 7, count: 1_500_000))
        var photo = Fixture.registration("photo")
        photo.original = try writer.finish()
        photo.derived = [DerivedData(name: "orb-1", bytes: [1, 2, 3])]
        var again = Fixture.registration("photo", salt: "again")
        for (number, key) in ["k1", "k2"].enumerated() {
            let claim = IdempotencyClaim(key: key, requestDigest: Fixture.digest(key))
            let fingerprint = RecordFingerprint(algorithm: "pdq-1", bytes: [UInt8(number)], quality: 99)
            if number == 0 {
                photo.idempotency = claim
                photo.fingerprints = [fingerprint]
            } else {
                again.idempotency = claim
                again.fingerprints = [fingerprint]
            }
        }
        return try fixture.commit([photo, again, Fixture.registration("photo", of: Fixture.rival)])
    }

    @Test(arguments: [true, false]) func nothingOfTheRecordIsLeft(knowsTraces: Bool) throws {
        let backend = InMemoryBackend()
        var fixture = try Fixture(backend)
        let ids = try Self.populate(&fixture)
        let before = Self.families.map(backend.rowCount)
        let store = fixture.store
        let kept = try store.erase(ids[0], traces: knowsTraces ? Self.traces : nil, receipt: Self.receipt)
        #expect(kept == Self.receipt)
        // One record, its key and its line in the account's list, two digests, a fingerprint, a claim, two chunks
        // and what was derived of it.
        let gone = zip(before, Self.families.map(backend.rowCount)).map { $0 - $1 }
        #expect(gone == [1, 1, 1, 2, 1, 1, 2, 1])

        #expect(try store.record(ids[0], for: Fixture.seller) == nil)
        #expect(try store.original(of: ids[0], for: Fixture.seller) == nil)
        #expect(try store.idempotentRegistration(Fixture.seller, key: "k1") == nil)
        let position = try #require(try store.position(of: ids[0]))
        #expect(try store.entry(at: position) != nil)
        #expect(try store.erasure(at: position) == Self.receipt)
        #expect(try store.erasures(after: nil, limit: 9).map(\.position) == [position])
        #expect(try store.erasures(after: position, limit: 9).isEmpty)

        // The others are as they were.
        #expect(try store.record(ids[1], for: Fixture.seller) != nil)
        #expect(try store.record(ids[2], for: Fixture.rival) != nil)
        #expect(
            try store.registrations(withDigest: Fixture.digests(of: "photo")[0], limit: 9).map(\.id) == [
                ids[1], ids[2],
            ]
        )
        #expect(try store.fingerprints("pdq-1", after: nil, limit: 9).map(\.id) == [ids[1]])
        #expect(try store.idempotentRegistration(Fixture.seller, key: "k2")?.id == ids[1])

        // Again changes nothing, and keeps the first receipt.
        #expect(try store.erase(ids[0], traces: nil, receipt: [1]) == Self.receipt)
        #expect(throws: StoreError(.absent, "")) {
            try store.erase(LeafHash(entry: [0]), traces: nil, receipt: [1])
        }
    }

    @Test func aLostKeyIsNoErasure() throws {
        let backend = InMemoryBackend()
        var fixture = try Fixture(backend)
        let ids = try Self.populate(&fixture)
        backend.tamper(.recordKeys) { $0.removeAll() }
        #expect(throws: StoreError(.corrupted, "")) { try fixture.store.record(ids[0], for: Fixture.seller) }
        // With a receipt it is one: so a store that is put back without keys can be told what was erased.
        _ = try fixture.store.erase(ids[0], traces: nil, receipt: Self.receipt)
        #expect(try fixture.store.record(ids[0], for: Fixture.seller) == nil)
        #expect(throws: StoreError(.corrupted, "")) { try fixture.store.record(ids[1], for: Fixture.seller) }
    }

    @Test(arguments: [InMemoryBackend.Fault.beforePersisting, .afterPersisting])
    func aFailedWriteErasesAllOrNothing(fault: InMemoryBackend.Fault) throws {
        let backend = InMemoryBackend()
        var fixture = try Fixture(backend)
        let ids = try Self.populate(&fixture)
        let count = backend.commitCount
        backend.fail(fault, atCommit: count)
        #expect(throws: StoreError(.io, "")) {
            try fixture.store.erase(ids[0], traces: Self.traces, receipt: Self.receipt)
        }
        #expect(backend.commitCount == count + 1)
        let store = try Store.open(on: InMemoryBackend(reopening: backend), masterKey: Fixture.masterKey())
        let position = try #require(try store.position(of: ids[0]))
        if fault == .beforePersisting {
            #expect(try store.record(ids[0], for: Fixture.seller) != nil)
            #expect(try store.erasure(at: position) == nil)
        } else {
            #expect(try store.record(ids[0], for: Fixture.seller) == nil)
            #expect(try store.erasure(at: position) == Self.receipt)
        }
        #expect(try store.erase(ids[0], traces: nil, receipt: Self.receipt) == Self.receipt)
    }

    /// Searches every file of the database for the wrapped key, as a thief would: log, tables, whatever else is there.
    @Test func theKeysBytesAreGoneFromTheFiles() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/store"
        let backend = try RocksDBBackend(folder: path, expecting: .new)
        let store = try Store.create(on: backend, origins: [.first: Fixture.origin], masterKey: Fixture.masterKey())
        defer { store.close() }
        var fixture = Fixture(store)
        let ids = try Self.populate(&fixture)
        let keys = try backend.rows(Scan(.recordKeys, limit: 9)).map(\.value)
        #expect(try Self.files(in: path, holding: keys[0]) >= 1)
        _ = try store.erase(ids[0], traces: Self.traces, receipt: Self.receipt)
        // Deleting alone is not enough, which is why there is a purge.
        #expect(try Self.files(in: path, holding: keys[0]) >= 1)

        let reader = try backend.snapshot()
        #expect(try !store.purgeErased())
        reader.close()
        #expect(try store.purgeErased())
        #expect(try Self.files(in: path, holding: keys[0]) == 0)
        #expect(try Self.files(in: path, holding: keys[1]) == 1)
        #expect(try store.record(ids[1], for: Fixture.seller) != nil)
    }

    private static func files(in folder: String, holding bytes: [UInt8]) throws -> Int {
        var count = 0
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
            // A file may go while this looks.
            guard let content = FileManager.default.contents(atPath: folder + "/" + name) else { continue }
            if content.firstRange(of: bytes) != nil { count += 1 }
        }
        return count
    }
}
