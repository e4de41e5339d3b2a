import EvidenceStore
import MerkleLog
import Testing

@Suite struct OriginalTests {
    private let backend = InMemoryBackend()
    private var fixture: Fixture
    private var store: Store { fixture.store }

    init() throws { fixture = try Fixture(backend) }

    private func write(_ bytes: [UInt8], pieceCount: Int = 1, of account: AccountID = Fixture.seller) throws
        -> WrittenOriginal
    {
        var writer = try store.originalWriter(for: account)
        let length = max(1, (bytes.count + pieceCount - 1) / pieceCount)
        for start in stride(from: 0, to: bytes.count, by: length) {
            try writer.append(Array(bytes[start..<min(start + length, bytes.count)]))
        }
        return try writer.finish()
    }

    private mutating func register(_ bytes: [UInt8], pieceCount: Int = 1) throws -> LeafHash {
        var registration = Fixture.registration("photo")
        registration.original = try write(bytes, pieceCount: pieceCount)
        return try fixture.commit([registration])[0]
    }

    private func read(_ id: LeafHash) throws -> [UInt8]? {
        guard let reader = try store.original(of: id, for: Fixture.seller) else { return nil }
        return try (0..<reader.chunkCount).flatMap { try reader.chunk($0) }
    }

    @Test(arguments: [0, 1, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 3 << 20], [1, 7])
    mutating func anOriginalComesBackAsItWas(count: Int, pieceCount: Int) throws {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 31 >> 3) }
        let id = try register(bytes, pieceCount: pieceCount)
        #expect(try read(id) == bytes)
        #expect(try store.record(id, for: Fixture.seller)?.originalByteCount == UInt64(count))
        #expect(backend.rowCount(.originals) == (count + (1 << 20) - 1) >> 20)
        #expect(backend.rowCount(.pendingOriginals) == 0)
    }

    @Test mutating func anotherAccountReadsNothing() throws {
        let id = try register([1, 2, 3])
        #expect(try store.original(of: id, for: Fixture.rival) == nil)
    }

    @Test mutating func aRecordWithoutOriginalHasNone() throws {
        let id = try fixture.commit([Fixture.registration("a")])[0]
        #expect(try store.original(of: id, for: Fixture.seller) == nil)
    }

    @Test func anotherAccountsOriginalIsNotSealedIn() throws {
        var registration = Fixture.registration("photo")
        registration.original = try write([1], of: Fixture.rival)
        #expect(throws: StoreError(.invalidArgument, "")) { try store.sealing(registration) }
    }

    @Test func discardingDeletesTheChunks() throws {
        var writer = try store.originalWriter(for: Fixture.seller)
        try writer.append([UInt8](repeating: 1, count: 3 << 20))
        #expect(backend.rowCount(.originals) == 3)
        try writer.discard()
        #expect(backend.rowCount(.originals) == 0)
        #expect(backend.rowCount(.pendingOriginals) == 0)
    }

    @Test mutating func discardingAWrittenOriginalSparesTheOneThatARecordNames() throws {
        let unused = try write([1, 2, 3])
        var registration = Fixture.registration("photo")
        let used = try write([4, 5])
        registration.original = used
        let id = try fixture.commit([registration])[0]
        for original in [unused, unused, used] { try store.discard(original) }
        #expect(backend.rowCount(.originals) == 1)
        #expect(backend.rowCount(.pendingOriginals) == 0)
        #expect(try read(id) == [4, 5])
    }

    @Test mutating func openingSweepsOriginalsWithoutARecordAlone() throws {
        let id = try register([7, 8, 9])
        for _ in 0..<150 { _ = try write([1, 2, 3]) }
        #expect(backend.rowCount(.originals) == 151)
        fixture = Fixture(try Store.open(on: backend, masterKey: Fixture.masterKey()), tree: fixture.tree)
        #expect(backend.rowCount(.originals) == 1)
        #expect(backend.rowCount(.pendingOriginals) == 0)
        #expect(try read(id) == [7, 8, 9])
    }

    @Test mutating func aChangedChunkIsNoticed() throws {
        let id = try register([1, 2, 3])
        for position in 0..<31 {
            backend.tamper(.originals) { rows in for key in rows.keys { rows[key]?[position] ^= 1 } }
            #expect(throws: StoreError(.corrupted, "")) { try read(id) }
            backend.tamper(.originals) { rows in for key in rows.keys { rows[key]?[position] ^= 1 } }
        }
        #expect(try read(id) == [1, 2, 3])
    }

    @Test mutating func chunksInAnotherOrderAreNoticed() throws {
        let id = try register([UInt8](repeating: 1, count: 2 << 20))
        backend.tamper(.originals) { rows in
            let keys = Array(rows.keys)
            (rows[keys[0]], rows[keys[1]]) = (rows[keys[1]], rows[keys[0]])
        }
        #expect(throws: StoreError(.corrupted, "")) { try read(id) }
    }

    @Test mutating func aMissingChunkIsNoticed() throws {
        let id = try register([1, 2, 3])
        backend.tamper(.originals) { $0 = [:] }
        #expect(throws: StoreError(.corrupted, "")) { try read(id) }
    }

    @Test func aFailedChunkStopsTheWriter() throws {
        backend.fail(.beforePersisting, atCommit: backend.commitCount + 1)
        #expect(throws: StoreError(.io, "")) { try write([1, 2, 3]) }
    }
}
