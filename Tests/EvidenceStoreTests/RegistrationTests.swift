import Bytes
import EvidenceStore
import MerkleLog
import OpenSSL
import Testing

@Suite struct RegistrationTests {
    private let backend = InMemoryBackend()
    private var fixture: Fixture
    private var store: Store { fixture.store }

    init() throws { fixture = try Fixture(backend) }

    @Test mutating func aRecordComesBackAsItWas() throws {
        let ids = try fixture.commit([Fixture.registration("a"), Fixture.registration("b")])
        let record = try #require(try store.record(ids[1], for: Fixture.seller))
        #expect(record.bytes == Fixture.registration("b").record)
        #expect(record.id == ids[1])
        #expect(record.account == Fixture.seller)
        #expect(record.position == LogPosition(lane: .first, index: LeafIndex(1)))
        #expect(record.originalByteCount == nil)
    }

    @Test mutating func theIdIsTheLeafHashOfTheEntry() throws {
        let registration = Fixture.registration("a")
        #expect(try fixture.commit([registration]) == [LeafHash(entry: registration.entry)])
    }

    @Test mutating func anotherAccountReadsNothing() throws {
        let id = try fixture.commit([Fixture.registration("a")])[0]
        #expect(try store.record(id, for: Fixture.rival) == nil)
        #expect(try store.original(of: id, for: Fixture.rival) == nil)
        #expect(try store.registrations(of: Fixture.rival, after: nil, limit: 10).isEmpty)
        #expect(try store.recordForAudit(id)?.account == Fixture.seller)
    }

    @Test func anUnknownIdIsNil() throws {
        let id = LeafHash(entry: [1])
        #expect(try store.record(id, for: Fixture.seller) == nil)
        #expect(try store.recordForAudit(id) == nil)
        #expect(try store.position(of: id) == nil)
    }

    @Test mutating func digestMatchesComeEarliestFirstOfAllAccounts() throws {
        let first = try fixture.commit([Fixture.registration("other"), Fixture.registration("a", of: Fixture.rival)])
        let second = try fixture.commit([Fixture.registration("a"), Fixture.registration("a", salt: "again")])
        for digest in Fixture.digests(of: "a") {
            let matches = try store.registrations(withDigest: digest, limit: 10)
            #expect(matches.map(\.id) == [first[1], second[0], second[1]])
            #expect(matches.map(\.account) == [Fixture.rival, Fixture.seller, Fixture.seller])
            #expect(matches.map(\.position.index.value) == [1, 2, 3])
            #expect(try store.registrations(withDigest: digest, limit: 2).map(\.id) == [first[1], second[0]])
        }
    }

    @Test mutating func aDigestMatchSaysWhetherTheBytesWereSeen() throws {
        var declared = Fixture.registration("a", of: Fixture.rival)
        declared.digestProvenance = .declared
        try fixture.commit([declared, Fixture.registration("a")])
        for digest in Fixture.digests(of: "a") {
            let matches = try store.registrations(withDigest: digest, limit: 10)
            #expect(matches.map(\.provenance) == [.declared, .computed])
        }
    }

    @Test mutating func aPlaceHasItsOwnDigestsAlone() throws {
        try fixture.commit([Fixture.registration("a"), Fixture.registration("b")])
        let digest = Fixture.digests(of: "b")[0]
        for (index, expected) in [(0, false), (1, true), (2, false)] {
            let position = LogPosition(lane: .first, index: LeafIndex(UInt64(index)))
            #expect(try store.hasRegistration(at: position, withDigest: digest) == expected)
        }
    }

    @Test mutating func aDigestIsFoundUnderItsOwnAlgorithmAlone() throws {
        var registration = Fixture.registration("a")
        let bytes = registration.digests[0].bytes
        registration.digests = [registration.digests[0]]
        try fixture.commit([registration])
        #expect(try store.registrations(withDigest: #require(DocumentDigest(.sm3, bytes)), limit: 9).isEmpty)
        #expect(try store.registrations(withDigest: #require(DocumentDigest(.sha256, bytes)), limit: 9).count == 1)
    }

    @Test(arguments: [0, 31, 33, 48])
    func aDigestOfAnotherLengthIsNone(count: Int) {
        #expect(DocumentDigest(.sha256, [UInt8](repeating: 0, count: count)) == nil)
    }

    @Test mutating func anAccountListsItsOwnInPages() throws {
        let ids = try fixture.commit(
            (0..<10).map { Fixture.registration("\($0)", of: $0.isMultiple(of: 2) ? Fixture.seller : Fixture.rival) }
        )
        let first = try store.registrations(of: Fixture.seller, after: nil, limit: 3)
        #expect(first.map(\.id) == [ids[0], ids[2], ids[4]])
        let second = try store.registrations(of: Fixture.seller, after: first.last?.position, limit: 3)
        #expect(second.map(\.id) == [ids[6], ids[8]])
        #expect(try store.registrations(of: Fixture.seller, after: second.last?.position, limit: 3).isEmpty)
    }

    @Test mutating func anIdempotencyKeyIsItsAccountsOwn() throws {
        var registration = Fixture.registration("a")
        let digest = SHA256.digest(of: [1])
        registration.idempotency = IdempotencyClaim(key: "order 7", requestDigest: digest)
        let id = try fixture.commit([registration])[0]
        let found = try store.idempotentRegistration(Fixture.seller, key: "order 7")
        #expect(found?.id == id)
        #expect(found?.requestDigest == digest)
        #expect(try store.idempotentRegistration(Fixture.rival, key: "order 7") == nil)
        #expect(try store.idempotentRegistration(Fixture.seller, key: "order 8") == nil)
        #expect(try store.idempotentRegistration(Fixture.seller, key: "") == nil)
    }

    @Test mutating func fingerprintsStreamInOrderOfTheLog() throws {
        var registrations = (0..<5).map { Fixture.registration("\($0)") }
        for index in [0, 2, 3] {
            let bytes = [UInt8](repeating: UInt8(index), count: 32)
            registrations[index].fingerprints = [
                RecordFingerprint(algorithm: "pdq-1", bytes: bytes, quality: UInt8(50 + index)),
                RecordFingerprint(algorithm: "pdq-10", bytes: [1], quality: 1),
            ]
        }
        let ids = try fixture.commit(registrations)
        let page = try store.fingerprints("pdq-1", after: nil, limit: 2)
        #expect(page.map(\.id) == [ids[0], ids[2]])
        #expect(page.map(\.quality) == [50, 52])
        #expect(page.map(\.account) == [Fixture.seller, Fixture.seller])
        #expect(page[1].bytes == [UInt8](repeating: 2, count: 32))
        let rest = try store.fingerprints("pdq-1", after: page[1].position, limit: 2)
        #expect(rest.map(\.position.index.value) == [3])
        #expect(try store.fingerprints("pdq", after: nil, limit: 9).isEmpty)
    }

    @Test(arguments: [Family.records, .recordKeys])
    mutating func aChangedByteIsNoticed(family: Family) throws {
        let id = try fixture.commit([Fixture.registration("a")])[0]
        let length = try #require(try backend.rows(Scan(family, limit: 1)).first).value.count
        // The first four bytes of a record's row are the account, whose change makes it another's: tried below.
        for position in (family == .records ? 4 : 0)..<length {
            backend.tamper(family) { rows in for key in rows.keys { rows[key]?[position] ^= 1 } }
            #expect(throws: StoreError(.corrupted, ""), "byte \(position)") {
                try store.record(id, for: Fixture.seller)
            }
            backend.tamper(family) { rows in for key in rows.keys { rows[key]?[position] ^= 1 } }
        }
        #expect(try store.record(id, for: Fixture.seller) != nil)
    }

    @Test mutating func aRowGivenToAnotherAccountDoesNotOpen() throws {
        let id = try fixture.commit([Fixture.registration("a")])[0]
        backend.tamper(.records) { rows in for key in rows.keys { rows[key]?[3] = 2 } }
        #expect(throws: StoreError(.corrupted, "")) { try store.record(id, for: Fixture.rival) }
    }

    @Test mutating func rowsMovedToAnotherRecordDoNotOpen() throws {
        let ids = try fixture.commit([Fixture.registration("a"), Fixture.registration("b")])
        for family in [Family.records, .recordKeys] {
            backend.tamper(family) { rows in
                let keys = rows.keys.sorted { $0.lexicographicallyPrecedes($1) }
                (rows[keys[0]], rows[keys[1]]) = (rows[keys[1]], rows[keys[0]])
            }
        }
        #expect(throws: StoreError(.corrupted, "")) { try store.record(ids[0], for: Fixture.seller) }
    }

    @Test(arguments: Family.allCases)
    mutating func rowsCutShortNeverTrap(family: Family) throws {
        var registration = Fixture.registration("a")
        registration.idempotency = IdempotencyClaim(key: "k", requestDigest: SHA256.digest(of: []))
        registration.fingerprints = [RecordFingerprint(algorithm: "pdq-1", bytes: [1, 2], quality: 3)]
        let id = try fixture.commit([registration])[0]
        for count in 0..<8 {
            backend.tamper(family) { rows in
                for key in rows.keys { rows[key] = rows[key].map { Array($0.prefix(count)) } }
            }
            _ = try? store.record(id, for: Fixture.seller)
            _ = try? store.registrations(withDigest: registration.digests[0], limit: 1)
            _ = try? store.registrations(of: Fixture.seller, after: nil, limit: 1)
            _ = try? store.idempotentRegistration(Fixture.seller, key: "k")
            _ = try? store.fingerprints("pdq-1", after: nil, limit: 1)
            _ = try? store.head(of: .first)
            _ = try? store.entries(in: 0..<9, lane: .first)
        }
    }
}
