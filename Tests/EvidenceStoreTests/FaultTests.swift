import EvidenceStore
import MerkleLog
import Testing

/// Every write of a working day fails, once before and once after it was persisted; then the store opens again.
@Suite struct FaultTests {
    private static let original = [UInt8](repeating: 9, count: 2_500_000)

    /// What the store acknowledged before the fault.
    private struct Acknowledged {
        var account: AccountID?
        var token: String?
        var ids: [LeafHash] = []
        var timestamps = 0
    }

    private static func work(_ backend: InMemoryBackend, _ acknowledged: inout Acknowledged) throws {
        var fixture = try Fixture(backend)
        let store = fixture.store
        let account = try store.createAccount(name: "a", now: 0).id
        acknowledged.account = account
        acknowledged.token = try store.createToken(for: account, label: "", now: 0)
        acknowledged.ids += try fixture.commit([Fixture.registration("first"), Fixture.registration("second")])
        var writer = try store.originalWriter(for: Fixture.seller)
        try writer.append(original)
        var registration = Fixture.registration("photo")
        registration.original = try writer.finish()
        acknowledged.ids += try fixture.commit([registration])
        var abandoned = try store.originalWriter(for: Fixture.seller)
        try abandoned.append(original)
        try abandoned.discard()
        try store.putTimestamp(
            StoredTimestamp(
                lane: .first,
                size: fixture.tree.size,
                authority: "a",
                obtained: 1,
                imprint: [1],
                response: [2]
            )
        )
        acknowledged.timestamps += 1
        acknowledged.ids += try fixture.commit([Fixture.registration("last")])
    }

    private static let writeCount: Int = {
        let backend = InMemoryBackend()
        var acknowledged = Acknowledged()
        try? work(backend, &acknowledged)
        return backend.commitCount
    }()

    @Test func theDayHasItsWrites() { #expect(Self.writeCount == 17) }

    @Test(arguments: [InMemoryBackend.Fault.beforePersisting, .afterPersisting], 1..<17)
    func whatWasAcknowledgedSurvives(fault: InMemoryBackend.Fault, write: Int) throws {
        let backend = InMemoryBackend()
        backend.fail(fault, atCommit: write)
        var acknowledged = Acknowledged()
        #expect(throws: StoreError(.io, "")) { try Self.work(backend, &acknowledged) }

        let reopened = InMemoryBackend(reopening: backend)
        let store = try Store.open(on: reopened, masterKey: Fixture.masterKey())
        if let account = acknowledged.account { #expect(try store.account(account) != nil) }
        if let token = acknowledged.token { #expect(try store.account(forToken: token) == acknowledged.account) }
        let size = try store.head(of: .first)?.size ?? .empty
        #expect(try store.timestamps(.first, size: size).count <= 1)
        #expect(try store.latestTimestamp(of: "a", lane: .first) != nil || acknowledged.timestamps == 0)
        try expectWhole(store, size, acknowledged.ids)
        // Chunks are there for the one record that names them, or not at all.
        #expect(reopened.rowCount(.originals) == (size.value >= 3 ? 3 : 0))
        #expect(reopened.rowCount(.pendingOriginals) == 0)
    }

    private func expectWhole(_ store: Store, _ size: TreeSize, _ acknowledged: [LeafHash]) throws {
        let entries = try store.entries(in: 0..<9, lane: .first)
        #expect(entries.count == Int(size.value))
        let ids = entries.map { LeafHash(entry: $0) }
        #expect(ids.starts(with: acknowledged))
        var tree = TileWriter()
        _ = tree.append(ids)
        #expect(try TileWriter(size: size, from: StoredTiles(store: store)).root == tree.root)
        for id in ids {
            let record = try #require(try store.record(id, for: Fixture.seller))
            guard record.originalByteCount != nil else { continue }
            let reader = try #require(try store.original(of: id, for: Fixture.seller))
            #expect(try (0..<reader.chunkCount).flatMap { try reader.chunk($0) } == Self.original)
        }
    }
}
