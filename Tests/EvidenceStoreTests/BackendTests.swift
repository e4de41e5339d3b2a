import EvidenceStore
import Testing

/// What every backend must do; the next backend is one more case.
@Suite struct BackendTests {
    enum Kind: CaseIterable { case memory, rocksDB }

    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func backend(_ kind: Kind) throws -> any StoreBackend {
        switch kind {
        case .memory: InMemoryBackend()
        case .rocksDB: try RocksDBBackend(folder: folder.path + "/store", expecting: .new)
        }
    }

    private func fill(_ backend: any StoreBackend, _ keys: [[UInt8]]) throws {
        var batch = WriteBatch()
        for key in keys { batch.put(key + [0xAB], for: key, in: .tiles) }
        batch.put([1], for: [1], in: .records)
        try backend.commit(batch, durability: .synced)
    }

    private static let keys: [[UInt8]] = [
        [0], [1], [1, 0], [1, 2], [1, 0xFF], [1, 0xFF, 0xFF], [2], [0xFF], [0xFF, 0xFF],
    ]

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let scan: Scan
        let expect: [[UInt8]]
    }

    private static let cases = [
        Case(testDescription: "everything", scan: Scan(.tiles, limit: 99), expect: keys),
        Case(
            testDescription: "everything backwards",
            scan: Scan(.tiles, isDescending: true, limit: 99),
            expect: keys.reversed()
        ),
        Case(
            testDescription: "a prefix",
            scan: Scan(.tiles, prefix: [1], limit: 99),
            expect: [[1], [1, 0], [1, 2], [1, 0xFF], [1, 0xFF, 0xFF]]
        ),
        Case(
            testDescription: "a prefix backwards does not begin at the key after it",
            scan: Scan(.tiles, prefix: [1], isDescending: true, limit: 2),
            expect: [[1, 0xFF, 0xFF], [1, 0xFF]]
        ),
        Case(
            testDescription: "a prefix that nothing follows, backwards",
            scan: Scan(.tiles, prefix: [0xFF], isDescending: true, limit: 99),
            expect: [[0xFF, 0xFF], [0xFF]]
        ),
        Case(
            testDescription: "from a key that is there",
            scan: Scan(.tiles, prefix: [1], start: [1, 2], limit: 1),
            expect: [[1, 2]]
        ),
        Case(
            testDescription: "from a key that is not there",
            scan: Scan(.tiles, prefix: [1], start: [1, 1], limit: 1),
            expect: [[1, 2]]
        ),
        Case(
            testDescription: "from a key before the prefix",
            scan: Scan(.tiles, prefix: [1], start: [0], limit: 1),
            expect: [[1]]
        ),
        Case(
            testDescription: "backwards from a key that is not there",
            scan: Scan(.tiles, prefix: [1], start: [1, 1], isDescending: true, limit: 99),
            expect: [[1, 0], [1]]
        ),
        Case(
            testDescription: "from after the prefix",
            scan: Scan(.tiles, prefix: [1], start: [2], limit: 99),
            expect: []
        ),
        Case(testDescription: "a prefix without rows", scan: Scan(.tiles, prefix: [3], limit: 99), expect: []),
        Case(
            testDescription: "a prefix without rows, backwards",
            scan: Scan(.tiles, prefix: [3], isDescending: true, limit: 99),
            expect: []
        ),
        Case(testDescription: "a family without rows", scan: Scan(.tokens, limit: 99), expect: []),
    ]

    @Test(arguments: Kind.allCases, cases)
    func scans(kind: Kind, test: Case) throws {
        let backend = try backend(kind)
        try fill(backend, Self.keys)
        #expect(try backend.rows(test.scan) == test.expect.map { Row(key: $0, value: $0 + [0xAB]) })
    }

    @Test(arguments: Kind.allCases)
    func theLastOperationOnAKeyCounts(kind: Kind) throws {
        let backend = try backend(kind)
        try fill(backend, [[1], [2]])
        var batch = WriteBatch()
        batch.delete([1], in: .tiles)
        batch.put([], for: [1], in: .tiles)
        batch.put([9], for: [2], in: .tiles)
        batch.delete([2], in: .tiles)
        batch.delete([3], in: .tiles)
        try backend.commit(batch, durability: .buffered)
        #expect(try backend.value(for: [1], in: .tiles) == [])
        #expect(try backend.value(for: [2], in: .tiles) == nil)
        #expect(try backend.value(for: [1], in: .records) == [1])
    }

    @Test(arguments: Kind.allCases)
    func aSnapshotKeepsToItsMoment(kind: Kind) throws {
        let backend = try backend(kind)
        try fill(backend, [[1], [2]])
        let snapshot = try backend.snapshot()
        var batch = WriteBatch()
        batch.delete([1], in: .tiles)
        batch.put([7], for: [3], in: .tiles)
        try backend.commit(batch, durability: .synced)
        #expect(try snapshot.value(for: [1], in: .tiles) == [1, 0xAB])
        #expect(try snapshot.rows(Scan(.tiles, limit: 9)).map(\.key) == [[1], [2]])
        #expect(try backend.rows(Scan(.tiles, limit: 9)).map(\.key) == [[2], [3]])
        snapshot.close()
        #expect(throws: StoreError(.closed, "")) { try snapshot.value(for: [1], in: .tiles) }
        #expect(try backend.value(for: [3], in: .tiles) == [7])
    }

    @Test(arguments: Kind.allCases)
    func everyCallOnAClosedBackendSaysSo(kind: Kind) throws {
        let backend = try backend(kind)
        backend.close()
        let closed = StoreError(.closed, "")
        #expect(throws: closed) { try backend.value(for: [1], in: .tiles) }
        #expect(throws: closed) { try backend.rows(Scan(.tiles, limit: 1)) }
        #expect(throws: closed) { try backend.commit(WriteBatch(), durability: .synced) }
        backend.close()
    }
}
