import EvidenceStore
import MerkleLog
import Testing

@Suite struct TimestampTests {
    private let store: Store

    init() throws { store = try Fixture().store }

    private func timestamp(
        _ authority: String,
        _ size: UInt64,
        at obtained: Int64 = 1,
        lane: LaneID = .first
    ) -> StoredTimestamp {
        StoredTimestamp(
            lane: lane,
            size: TreeSize(size),
            authority: authority,
            obtained: obtained,
            imprint: [1, 2],
            response: Array("\(authority) \(size) \(obtained)".utf8)
        )
    }

    @Test func responsesAreFoundBySizeAndAuthority() throws {
        let all = [timestamp("a", 5), timestamp("a", 9), timestamp("ab", 5), timestamp("b", 7), timestamp("b", 300)]
        for one in all { try store.putTimestamp(one) }
        #expect(try store.timestamps(.first, size: TreeSize(5)) == [all[0], all[2]])
        #expect(try store.timestamps(.first, size: TreeSize(6)).isEmpty)
        #expect(try store.firstTimestamp(atOrAfter: TreeSize(6), authority: "a", lane: .first) == all[1])
        #expect(try store.firstTimestamp(atOrAfter: TreeSize(10), authority: "a", lane: .first) == nil)
        #expect(try store.firstTimestamp(atOrAfter: TreeSize(0), authority: "b", lane: .first) == all[3])
        #expect(try store.latestTimestamp(of: "b", lane: .first) == all[4])
        #expect(try store.latestTimestamp(of: "c", lane: .first) == nil)
        #expect(try Set(store.authorities(of: .first)) == ["a", "ab", "b"])
    }

    @Test func aLaterResponseOverTheSameCheckpointReplacesNone() throws {
        let both = [timestamp("a", 5, at: 1), timestamp("a", 5, at: 2)]
        for one in both { try store.putTimestamp(one) }
        #expect(try store.timestamps(.first, size: TreeSize(5)) == both)
        #expect(try store.firstTimestamp(atOrAfter: TreeSize(5), authority: "a", lane: .first) == both[0])
        #expect(try store.latestTimestamp(of: "a", lane: .first) == both[1])
    }

    @Test func lanesAreApart() throws {
        try store.putTimestamp(timestamp("a", 5, lane: LaneID(1)))
        #expect(try store.timestamps(.first, size: TreeSize(5)).isEmpty)
        #expect(try store.latestTimestamp(of: "a", lane: .first) == nil)
        #expect(try store.authorities(of: .first).isEmpty)
    }

    @Test(arguments: ["", String(repeating: "n", count: 256)])
    func aNameWithoutRoomIsRefused(name: String) throws {
        #expect(throws: StoreError(.invalidArgument, "")) { try store.putTimestamp(timestamp(name, 1)) }
        #expect(try store.latestTimestamp(of: name, lane: .first) == nil)
        #expect(try store.firstTimestamp(atOrAfter: .empty, authority: name, lane: .first) == nil)
    }
}
