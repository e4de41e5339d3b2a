import EvidenceStore
import MerkleLog
import Testing

@Suite struct DerivedTests {
    private static let sketch = DerivedData(name: "orb-1", bytes: [UInt8](repeating: 9, count: 24_000))
    private static let text = DerivedData(name: "text-1", bytes: Array("clause".utf8))

    private static func place(_ index: UInt64) -> LogPosition { LogPosition(lane: .first, index: LeafIndex(index)) }

    private static func populated(_ backend: InMemoryBackend) throws -> Fixture {
        var fixture = try Fixture(backend)
        var registrations = (0..<5).map { Fixture.registration("\($0)") }
        registrations[0].derived = [sketch, text]
        registrations[3].derived = [sketch]
        registrations[4].derived = [text]
        try fixture.commit(registrations)
        return fixture
    }

    @Test func whatWasMadeOfADocumentIsReadAgain() throws {
        let store = try Self.populated(InMemoryBackend()).store
        #expect(try store.derived("orb-1", at: Self.place(0)) == Self.sketch.bytes)
        #expect(try store.derived("text-1", at: Self.place(0)) == Self.text.bytes)
        #expect(try store.derived("orb-1", at: Self.place(1)) == nil)
        #expect(try store.derived("orb-1", at: Self.place(4)) == nil)
        #expect(try store.derived("orb-1", at: Self.place(99)) == nil)
    }

    @Test(arguments: 1...6) func placesComeInPages(limit: Int) throws {
        let store = try Self.populated(InMemoryBackend()).store
        var places: [UInt64] = []
        var last: LogPosition?
        while true {
            let page = try store.placesWithDerived("text-1", after: last, limit: limit)
            places += page.map(\.index.value)
            guard page.count == limit else { break }
            last = page.last
        }
        #expect(places == [0, 4])
    }

    @Test func itLiesSealedAndBoundToItsRecordAndName() throws {
        let backend = InMemoryBackend()
        let store = try Self.populated(backend).store
        var rows: [Row] = []
        backend.tamper(.derived) { family in
            rows = family.map { Row(key: $0.key, value: $0.value) }
            #expect(!family.values.contains { $0.count < 12 || $0.suffix(6).elementsEqual("clause".utf8) })
            // The sketch of entry 3 in the place of entry 0's.
            let keys = family.keys.filter { $0.count == 10 + "orb-1".utf8.count }.sorted {
                $0.lexicographicallyPrecedes($1)
            }
            family[keys[0]] = family[keys[1]]
        }
        #expect(rows.count == 4)
        #expect(throws: StoreError(.corrupted, "")) { try store.derived("orb-1", at: Self.place(0)) }
        let moved = try #require(try store.rows(of: .derived, after: nil, limit: 1).first)
        #expect(try !store.isOfRecord(derived: moved))
        #expect(
            try store.rows(of: .derived, after: moved.key, limit: 9).allSatisfy { try store.isOfRecord(derived: $0) }
        )
    }
}
