import EvidenceStore
import Foundation
import Testing

/// Searches that are kept for a while, and what accounts say of matches.
@Suite struct SearchTests {
    private static let answer = Array("what was found".utf8)
    /// Longer than two chunks, with a rest.
    private static let picture = (0..<2_500_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }

    private static func keep(
        _ store: Store,
        at now: Int64,
        picture: [UInt8]? = nil,
        of account: AccountID = Fixture.seller,
        limit: Int = 10
    ) throws -> AccountRowID {
        let id = try AccountRowID(now: now)
        try store.keep(id, answer: answer, picture: picture, for: account, until: now + 1000, limit: limit)
        return id
    }

    @Test func aKeptSearchIsItsAccountsUntilItEnds() throws {
        let store = try Fixture().store
        let id = try Self.keep(store, at: 5000, picture: Self.picture)
        let search = try #require(try store.search(id, for: Fixture.seller, now: 5999))
        #expect(search.answer == Self.answer && search.ends == 6000 && search.id.created == 5000)
        #expect(try store.searchPicture(id, for: Fixture.seller, now: 5999) == Self.picture)
        #expect(try store.search(id, for: Fixture.rival, now: 5000) == nil)
        #expect(try store.searchPicture(id, for: Fixture.rival, now: 5000) == nil)
        #expect(try store.search(id, for: Fixture.seller, now: 6000) == nil)
        #expect(try store.searchPicture(id, for: Fixture.seller, now: 6000) == nil)
        #expect(try store.eraseSearch(id, for: Fixture.rival) == false)
        #expect(try store.search(id, for: Fixture.seller, now: 5000) != nil)
    }

    @Test func theOldestGoBeyondACount() throws {
        let store = try Fixture().store
        let ids = try (0..<5).map { try Self.keep(store, at: 1000 + Int64($0), limit: 3) }
        let other = try Self.keep(store, at: 1000, of: Fixture.rival, limit: 3)
        let kept = try store.searches(of: Fixture.seller, now: 1500, limit: 10)
        #expect(kept.map(\.id) == ids.suffix(3).reversed())
        #expect(try store.search(other, for: Fixture.rival, now: 1500) != nil)
    }

    @Test func sweepingTakesWhatHasEndedAndNothingElse() throws {
        let backend = InMemoryBackend()
        let store = try Fixture(backend).store
        _ = try Self.keep(store, at: 1000, picture: Self.picture)
        let young = try Self.keep(store, at: 1600)
        #expect(try store.sweepSearches(now: 1999) == 0)
        #expect(try store.sweepSearches(now: 2000) == 1)
        #expect(try store.search(young, for: Fixture.seller, now: 2000) != nil)
        backend.tamper(.searchData) { #expect($0.count == 1) }
        #expect(try store.eraseSearch(young, for: Fixture.seller))
        backend.tamper(.searchData) { #expect($0.isEmpty) }
        backend.tamper(.searches) { #expect($0.isEmpty) }
    }

    @Test func searchesLieSealedAndBoundToTheirAccount() throws {
        let backend = InMemoryBackend()
        let store = try Fixture(backend).store
        let id = try Self.keep(store, at: 1000, picture: Self.answer)
        backend.tamper(.searchData) { rows in
            for value in rows.values { #expect(Data(value).range(of: Data(Self.answer)) == nil) }
            // The row given to another account.
            for (key, value) in rows { rows[[0, 0, 0, 2] + key.dropFirst(4)] = value }
        }
        backend.tamper(.searches) { rows in
            for (key, value) in rows { rows[[0, 0, 0, 2] + key.dropFirst(4)] = value }
        }
        #expect(throws: StoreError(.corrupted, "")) { try store.search(id, for: Fixture.rival, now: 1000) }
    }

    @Test func copiesHoldNoSearches() throws {
        let folder = try TemporaryFolder()
        let store = try Store.create(
            at: folder.path + "/store",
            origins: [.first: Fixture.origin],
            masterKey: Fixture.masterKey()
        )
        let id = try Self.keep(store, at: 1000, picture: Self.picture)
        let stage = folder.path + "/stage"
        let staged = try store.stage(in: stage) { _ in }
        let taken = try TemporaryFolder()
        for name in staged.fileNames {
            try FileManager.default.copyItem(atPath: "\(stage)/\(name)", toPath: "\(taken.path)/\(name)")
        }
        let copy = try Store.open(at: taken.path, masterKey: Fixture.masterKey())
        #expect(try copy.search(id, for: Fixture.seller, now: 1000) == nil)
        #expect(try copy.rows(of: .searchData, after: nil, limit: 1).isEmpty)
        #expect(try store.search(id, for: Fixture.seller, now: 1000) != nil)
        #expect(try store.purgeSearches())
    }

    @Test func namesAreStrict() throws {
        let id = try AccountRowID(now: 1_795_000_000_000)
        #expect(AccountRowID(hex: id.hex) == id)
        #expect(id.created == 1_795_000_000_000)
        for text in ["", "0", id.hex.uppercased() + "", String(id.hex.dropLast(2)), id.hex + "00", "../" + id.hex] {
            #expect(text == id.hex || AccountRowID(hex: text) == nil, "\(text)")
        }
    }

    @Test func remarksAreCountedAndRemoved() throws {
        let backend = InMemoryBackend()
        let store = try Fixture(backend).store
        let secret = Array("our logo".utf8)
        let id = try #require(try store.add(.ignored, secret, for: Fixture.seller, now: 7, limit: 2))
        _ = try store.add(.ignored, secret, for: Fixture.seller, now: 8, limit: 2)
        #expect(try store.add(.ignored, secret, for: Fixture.seller, now: 9, limit: 2) == nil)
        #expect(try store.add(.ignored, secret, for: Fixture.rival, now: 9, limit: 2) != nil)
        #expect(try store.add(.feedback, secret, for: Fixture.seller, now: 9, limit: 2) != nil)
        #expect(try store.remarks(.ignored, of: Fixture.seller, limit: 9).map(\.bytes) == [secret, secret])
        #expect(try store.remarks(.ignored, of: nil, limit: 9).map(\.account) == [1, 1, 2].map(AccountID.init))
        #expect(try !store.remove(.ignored, id, of: Fixture.rival))
        #expect(try !store.remove(.feedback, id, of: Fixture.seller))
        #expect(try store.remove(.ignored, id, of: Fixture.seller))
        #expect(try store.remarks(.ignored, of: Fixture.seller, limit: 9).count == 1)
        backend.tamper(.ignored) { rows in
            for value in rows.values { #expect(Data(value).range(of: Data(secret)) == nil) }
            for (key, value) in rows { rows[key] = value.dropLast() + [value[value.count - 1] ^ 1] }
        }
        #expect(throws: StoreError(.corrupted, "")) { try store.remarks(.ignored, of: Fixture.seller, limit: 9) }
    }

    @Test func floodsAreCounted() throws {
        let store = try Fixture().store
        let (first, second) = ([UInt8](repeating: 1, count: 32), [UInt8](repeating: 2, count: 32))
        try store.countFlood(first, pictures: 9, now: 100)
        try store.countFlood(second, pictures: 30, now: 200)
        try store.countFlood(second, pictures: 12, now: 300)
        let floods = try store.floods()
        #expect(floods.map(\.fingerprint) == [second, first])
        #expect(floods[0] == Flood(fingerprint: second, first: 200, last: 300, searches: 2, pictures: 30))
    }
}
