import Bytes
import EvidenceStore
import OpenSSL
import Testing

@Suite struct FeedTests {
    private static let owner = Fixture.seller
    private static let stranger = AccountID(owner.rawValue + 1)

    private static func digest(_ text: String) -> Digest256 { SHA256.digest(of: Array(text.utf8)) }

    private static func hit(_ text: String) -> NewHit { NewHit(pair: digest(text), bytes: Array(text.utf8)) }

    private static func add(
        _ name: String,
        at time: Int64 = 0,
        hits: [NewHit] = [],
        due: Int64? = nil,
        to watch: StoredWatch,
        in store: Store
    ) throws -> UInt64? {
        try store.addToFeed(
            Array(name.utf8),
            sha256: digest(name),
            seenAt: time,
            watch: watch.id,
            of: watch.account,
            hits: hits,
            due: due
        )
    }

    @Test func aWatchIsItsAccountsAlone() throws {
        let store = try Fixture(InMemoryBackend()).store
        let watch = try store.createWatch(Array("shop".utf8), for: Self.owner)
        #expect(try store.watch(watch.id, of: Self.owner) == watch)
        #expect(try store.watch(watch.id, of: Self.stranger) == nil)
        #expect(try store.watches(of: Self.stranger).isEmpty && store.watches() == [watch])
        #expect(try store.hits(of: watch.id, of: Self.stranger, after: nil, limit: 1).isEmpty)
        #expect(try store.deleteWatch(watch.id, of: Self.stranger) == nil)
        #expect(try store.deleteWatch(watch.id, of: Self.owner) == [])
        #expect(try store.watches().isEmpty)
    }

    @Test func eachPictureIsKeptOnce() throws {
        let store = try Fixture(InMemoryBackend()).store
        let watch = try store.createWatch([], for: Self.owner)
        let other = try store.createWatch([], for: Self.owner)
        #expect(try Self.add("a", to: watch, in: store) == 1)
        #expect(try Self.add("a", to: watch, in: store) == nil)
        #expect(try Self.add("a", to: other, in: store) == 2)
        #expect(try Self.add("b", to: watch, in: store) == 3)
        #expect(try store.feedPicture(Self.digest("b"), in: watch.id) == 3)
        #expect(try store.feedPicture(Self.digest("b"), in: other.id) == nil)
        #expect(try store.feedPictures(after: 1, limit: 9).map(\.number) == [2, 3])
        #expect(try store.feedPicture(3)?.bytes == Array("b".utf8))
    }

    @Test func aPairIsFoundOnce() throws {
        let store = try Fixture(InMemoryBackend()).store
        let watch = try store.createWatch([], for: Self.owner)
        _ = try Self.add("a", hits: [Self.hit("x"), Self.hit("y")], due: 5, to: watch, in: store)
        #expect(try store.addHits([Self.hit("x"), Self.hit("z")], watch: watch.id, of: Self.owner, due: 7) == 1)
        let hits = try store.hits(of: watch.id, of: Self.owner, after: nil, limit: 9)
        #expect(hits.map(\.number) == [1, 2, 3])
        #expect(hits.map { String(decoding: $0.bytes, as: UTF8.self) } == ["x", "y", "z"])
        #expect(try store.hits(of: watch.id, of: Self.owner, after: 2, limit: 9).map(\.number) == [3])
        #expect(try store.deliveries(due: 6, limit: 9).map(\.hit) == [1, 2])
    }

    @Test func deliveriesArePutOffAndFinished() throws {
        let backend = InMemoryBackend()
        let store = try Fixture(backend).store
        let watch = try store.createWatch([], for: Self.owner)
        _ = try Self.add("a", hits: [Self.hit("x"), Self.hit("y")], due: 5, to: watch, in: store)
        let due = try store.deliveries(due: 5, limit: 9)
        try store.finish(due[0], tryAgainAt: 100)
        try store.finish(due[1], tryAgainAt: nil)
        #expect(try store.deliveries(due: 99, limit: 9).isEmpty && store.deliveryCount(upTo: 9) == 1)
        #expect(try store.deliveries(due: 100, limit: 9).map(\.attempts) == [1])
    }

    @Test func oldPicturesAreForgottenAndHitsStay() throws {
        let backend = InMemoryBackend()
        let store = try Fixture(backend).store
        let watch = try store.createWatch([], for: Self.owner)
        _ = try Self.add("old", at: 10, hits: [Self.hit("x")], to: watch, in: store)
        _ = try Self.add("new", at: 20, to: watch, in: store)
        #expect(try store.sweepFeed(before: 20) == [1])
        #expect(try store.feedPicture(1) == nil && store.feedPicture(Self.digest("old"), in: watch.id) == nil)
        #expect(try store.feedPictures(after: nil, limit: 9).map(\.number) == [2])
        #expect(try store.hits(of: watch.id, of: Self.owner, after: nil, limit: 9).count == 1)
        #expect(try Self.add("old", at: 30, to: watch, in: store) == 3)
    }

    @Test func deletingAWatchLeavesNothing() throws {
        let backend = InMemoryBackend()
        let store = try Fixture(backend).store
        let watch = try store.createWatch([], for: Self.owner)
        _ = try Self.add("a", hits: [Self.hit("x")], due: 5, to: watch, in: store)
        #expect(try store.deleteWatch(watch.id, of: Self.owner) == [1])
        for family in [Family.watches, .feedPictures, .feedSeen, .feedHits, .feedDeliveries] {
            backend.tamper(family) { #expect($0.isEmpty, "\(family)") }
        }
        #expect(try Self.add("b", to: watch, in: store) == nil)
    }

    @Test func everythingLiesSealedAndBoundToItsPlace() throws {
        let backend = InMemoryBackend()
        let store = try Fixture(backend).store
        let watch = try store.createWatch(Array("secret".utf8), for: Self.owner)
        _ = try Self.add(
            "secret",
            hits: [NewHit(pair: Self.digest("x"), bytes: Array("secret".utf8))],
            to: watch,
            in: store
        )
        _ = try Self.add("other", to: watch, in: store)
        for family in [Family.watches, .feedPictures, .feedHits] {
            backend.tamper(family) { rows in
                #expect(!rows.isEmpty && !rows.values.contains { $0.suffix(22).starts(with: "secret".utf8) })
                let keys = rows.keys.sorted { $0.lexicographicallyPrecedes($1) }
                if family == .feedPictures { (rows[keys[0]], rows[keys[1]]) = (rows[keys[1]], rows[keys[0]]) }
            }
        }
        #expect(throws: StoreError(.corrupted, "")) { try store.feedPicture(1) }
    }

    @Test(arguments: [Family.watches, .feedPictures, .feedSeen, .feedHits, .feedDeliveries], 0..<40)
    func rowsCutShortNeverTrap(family: Family, count: Int) throws {
        let backend = InMemoryBackend()
        let store = try Fixture(backend).store
        let watch = try store.createWatch([], for: Self.owner)
        _ = try Self.add("a", hits: [Self.hit("x")], due: 5, to: watch, in: store)
        backend.tamper(family) { rows in
            for key in rows.keys { rows[key] = rows[key].map { Array($0.prefix(count)) } }
        }
        _ = try? store.watches()
        _ = try? store.feedPictures(after: nil, limit: 1)
        _ = try? store.feedPicture(Self.digest("a"), in: watch.id)
        _ = try? store.hits(of: watch.id, of: Self.owner, after: nil, limit: 1)
        _ = try? store.deliveries(due: 9, limit: 1)
        _ = try? store.sweepFeed(before: 1)
        _ = try? store.deleteWatch(watch.id, of: Self.owner)
    }
}
