import EvidenceStore
import MerkleLog
import Testing

@Suite struct LogTests {
    private let backend = InMemoryBackend()
    private var fixture: Fixture
    private var store: Store { fixture.store }

    init() throws { fixture = try Fixture(backend) }

    private mutating func commit(_ names: Range<Int>) throws {
        try fixture.commit(names.map { Fixture.registration("\($0)") })
    }

    @Test func anEmptyLogHasNoHead() throws {
        #expect(try store.head(of: .first) == nil)
        #expect(try store.entry(at: LogPosition(lane: .first, index: LeafIndex(0))) == nil)
        #expect(try store.entries(in: 0..<10, lane: .first).isEmpty)
        #expect(try store.checkpoint(atOrAfter: .empty, lane: .first) == nil)
    }

    @Test mutating func theHeadIsTheNewestCheckpoint() throws {
        for batch in [0..<3, 3..<4, 4..<300] {
            try commit(batch)
            #expect(try store.head(of: .first) == Fixture.checkpoint(TreeSize(UInt64(batch.upperBound))))
        }
        #expect(try store.head(of: LaneID(1)) == nil)
    }

    @Test mutating func checkpointsAreFoundBySize() throws {
        for batch in [0..<3, 3..<4, 4..<300] { try commit(batch) }
        #expect(try store.checkpoint(ofSize: TreeSize(4), lane: .first) == Fixture.checkpoint(TreeSize(4)))
        #expect(try store.checkpoint(ofSize: TreeSize(5), lane: .first) == nil)
        #expect(try store.checkpoint(atOrAfter: TreeSize(5), lane: .first)?.size == TreeSize(300))
        #expect(try store.checkpoint(atOrAfter: TreeSize(300), lane: .first)?.size == TreeSize(300))
        #expect(try store.checkpoint(atOrAfter: TreeSize(301), lane: .first) == nil)
    }

    @Test mutating func entriesComeBackAcrossBatchesAndBundles() throws {
        var start = 0
        for count in [1, 1, 2, 63, 64, 65, 200, 1] {
            try commit(start..<start + count)
            start += count
        }
        let all = (0..<start).map { Fixture.registration("\($0)").entry }
        #expect(try store.entries(in: 0..<UInt64(start), lane: .first) == all)
        #expect(try store.entries(in: 0..<UInt64.max, lane: .first) == all)
        for range in [0..<1, 1..<5, 3..<4, 60..<140, 130..<131, 195..<397] {
            #expect(
                try store.entries(in: UInt64(range.lowerBound)..<UInt64(range.upperBound), lane: .first)
                    == all[range].map(\.self)
            )
        }
        #expect(try store.entries(in: 5..<5, lane: .first).isEmpty)
        #expect(try store.entries(in: UInt64(start)..<UInt64(start + 9), lane: .first).isEmpty)
        #expect(try store.entries(in: 0..<9, lane: LaneID(1)).isEmpty)
        for index in [0, 1, 3, 66, 67, 130, 131, 396] {
            #expect(try store.entry(at: LogPosition(lane: .first, index: LeafIndex(UInt64(index)))) == all[index])
        }
        #expect(try store.entry(at: LogPosition(lane: .first, index: LeafIndex(.max))) == nil)
    }

    @Test mutating func manySmallBatchesReadAsOneRange() throws {
        for index in 0..<150 { try commit(index..<index + 1) }
        #expect(try store.entries(in: 10..<140, lane: .first) == (10..<140).map { Fixture.registration("\($0)").entry })
    }

    @Test mutating func aPartialTileGrowsUntilItIsFull() throws {
        let leaves = TileID(level: 0, index: 0)
        for (batch, width) in zip([0..<3, 3..<255, 255..<256, 256..<257], [3, 255, 256, 256]) {
            try commit(batch)
            #expect(try store.tile(leaves, lane: .first)?.count == 32 * width)
        }
        #expect(try store.tile(TileID(level: 0, index: 1), lane: .first)?.count == 32)
        #expect(try store.tile(TileID(level: 1, index: 0), lane: .first)?.count == 32)
        #expect(try store.tile(TileID(level: 0, index: 2), lane: .first) == nil)
        #expect(try store.tile(leaves, lane: LaneID(1)) == nil)
    }

    @Test mutating func aBatchThatDoesNotBeginAtTheHeadIsRefused() throws {
        try commit(0..<3)
        let commits = backend.commitCount
        for tree in [
            TileWriter(),
            {
                var tree = TileWriter(); _ = tree.append([LeafHash(entry: [])]); return tree
            }(),
        ] {
            var stale = Fixture(store, tree: tree)
            #expect(throws: StoreError(.headMoved, "")) { try stale.commit([Fixture.registration("x")]) }
        }
        #expect(backend.commitCount == commits)
    }

    @Test mutating func lanesAreLogsOfTheirOwn() throws {
        try commit(0..<3)
        var second = Fixture(store)
        let id = try second.commit([Fixture.registration("second")], lane: LaneID(1))[0]
        #expect(try store.head(of: LaneID(1))?.size == TreeSize(1))
        #expect(try store.head(of: .first)?.size == TreeSize(3))
        #expect(try store.position(of: id) == LogPosition(lane: LaneID(1), index: LeafIndex(0)))
        #expect(try store.record(id, for: Fixture.seller)?.bytes == Fixture.registration("second").record)
    }

    @Test mutating func anEntryTooLongForTheLogIsRefused() throws {
        let registration = UnsealedRegistration(
            account: Fixture.seller,
            record: [1],
            entry: [UInt8](repeating: 0, count: 65_536)
        )
        #expect(throws: StoreError(.invalidArgument, "")) { try fixture.commit([registration]) }
        #expect(try store.head(of: .first) == nil)
    }

    /// Each write of a batch fails, once before and once after it was persisted.
    @Test(arguments: [InMemoryBackend.Fault.beforePersisting, .afterPersisting])
    func aFailedCommitLeavesAllOrNothing(fault: InMemoryBackend.Fault) throws {
        let backend = InMemoryBackend()
        var fixture = try Fixture(backend)
        let kept = try fixture.commit([Fixture.registration("kept")])[0]
        backend.fail(fault, atCommit: backend.commitCount)
        let registrations = [Fixture.registration("a"), Fixture.registration("b")]
        #expect(throws: StoreError(.io, "")) { try fixture.commit(registrations) }

        let reopened = try Store.open(on: InMemoryBackend(reopening: backend), masterKey: Fixture.masterKey())
        let survives = fault == .afterPersisting
        #expect(try reopened.head(of: .first)?.size == TreeSize(survives ? 3 : 1))
        #expect(try reopened.entries(in: 0..<9, lane: .first).count == (survives ? 3 : 1))
        #expect(try reopened.record(kept, for: Fixture.seller) != nil)
        for registration in registrations {
            let id = LeafHash(entry: registration.entry)
            #expect(try reopened.record(id, for: Fixture.seller)?.bytes == (survives ? registration.record : nil))
            #expect(
                try reopened.registrations(withDigest: registration.digests[0], limit: 9).count == (survives ? 1 : 0)
            )
        }
        #expect(try reopened.registrations(of: Fixture.seller, after: nil, limit: 9).count == (survives ? 3 : 1))
    }
}
