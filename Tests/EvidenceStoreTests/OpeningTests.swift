import EvidenceStore
import Foundation
import MerkleLog
import Testing

@Suite struct OpeningTests {
    private let folder: TemporaryFolder
    private var path: String { folder.path + "/store" }

    init() throws { folder = try TemporaryFolder() }

    private func create() throws -> Store {
        try Store.create(at: path, origins: [.first: Fixture.origin], masterKey: Fixture.masterKey())
    }

    @Test func everythingIsThereAfterReopening() throws {
        var fixture = Fixture(try create())
        var registration = Fixture.registration("a")
        var writer = try fixture.store.originalWriter(for: Fixture.seller)
        try writer.append([UInt8](repeating: 5, count: 3_000_000))
        registration.original = try writer.finish()
        let ids = try fixture.commit([registration, Fixture.registration("b")])
        let account = try fixture.store.createAccount(name: "a", now: 1)
        let token = try fixture.store.createToken(for: account.id, label: "t", now: 1)
        fixture.store.close()

        let store = try Store.open(at: path, masterKey: Fixture.masterKey())
        #expect(try store.origin(of: .first) == Fixture.origin)
        #expect(try store.origin(of: LaneID(1)) == nil)
        #expect(try store.head(of: .first) == Fixture.checkpoint(TreeSize(2)))
        #expect(try store.record(ids[1], for: Fixture.seller)?.bytes == Fixture.registration("b").record)
        let reader = try #require(try store.original(of: ids[0], for: Fixture.seller))
        #expect(try (0..<reader.chunkCount).flatMap { try reader.chunk($0) } == [UInt8](repeating: 5, count: 3_000_000))
        #expect(try store.account(forToken: token) == account.id)
        #expect(try TileWriter(size: TreeSize(2), from: StoredTiles(store: store)).root == fixture.tree.root)
    }

    @Test func anotherMasterKeyIsRefused() throws {
        try create().close()
        #expect(throws: StoreError(.wrongMasterKey, "")) { try Store.open(at: path, masterKey: Fixture.masterKey(2)) }
        #expect(throws: Never.self) { try Store.open(at: path, masterKey: Fixture.masterKey()) }
    }

    @Test func anOpenStoreIsLocked() throws {
        let store = try create()
        #expect(throws: StoreError(.lockedByAnotherProcess, "")) {
            try Store.open(at: path, masterKey: Fixture.masterKey())
        }
        store.close()
        #expect(throws: StoreError(.closed, "")) { try store.head(of: .first) }
    }

    @Test func openingNothingAndMakingTwiceAreRefused() throws {
        #expect(throws: StoreError(.absent, "")) { try Store.open(at: path, masterKey: Fixture.masterKey()) }
        try create().close()
        #expect(throws: StoreError(.alreadyExists, "")) { try create() }
    }

    @Test func aLaterFormatIsRefused() throws {
        let backend = InMemoryBackend()
        _ = try Fixture(backend)
        backend.tamper(.configuration) { $0[Array("format".utf8)] = [0, 0, 0, 2] }
        #expect(throws: StoreError(.formatTooNew, "")) { try Store.open(on: backend, masterKey: Fixture.masterKey()) }
        backend.tamper(.configuration) { $0[Array("format".utf8)] = [0, 0] }
        #expect(throws: StoreError(.corrupted, "")) { try Store.open(on: backend, masterKey: Fixture.masterKey()) }
    }

    @Test(arguments: [InMemoryBackend.Fault.beforePersisting, .afterPersisting])
    func makingAStoreThatIsCutOffLeavesNoneOrAWhole(fault: InMemoryBackend.Fault) throws {
        let backend = InMemoryBackend()
        backend.fail(fault, atCommit: 0)
        #expect(throws: StoreError(.io, "")) { try Fixture(backend) }
        let reopened = InMemoryBackend(reopening: backend)
        switch fault {
        case .beforePersisting:
            #expect(throws: StoreError(.corrupted, "")) { try Store.open(on: reopened, masterKey: Fixture.masterKey()) }
        case .afterPersisting:
            #expect(throws: Never.self) { try Store.open(on: reopened, masterKey: Fixture.masterKey()) }
        }
    }

    /// Everything private that was put in, looked for in every byte of the folder, log and tables.
    @Test func aStolenStoreShowsNothingPrivate() throws {
        let secret = "the claim nobody may read"
        let keyBytes = (1...32).map { UInt8($0 * 7 % 251) }
        let store = try Store.create(at: path, origins: [.first: Fixture.origin], masterKey: MasterKey(keyBytes))
        let account = try store.createAccount(name: "visible", now: 0).id
        let token = try store.createToken(for: account, label: "", now: 0)
        var writer = try store.originalWriter(for: account)
        try writer.append(Array(String(repeating: secret, count: 100_000).utf8))
        var registration = UnsealedRegistration(account: account, record: Array(secret.utf8), entry: [1])
        registration.original = try writer.finish()
        registration.idempotency = IdempotencyClaim(key: secret, requestDigest: Fixture.digest(secret))
        var fixture = Fixture(store)
        let id = try fixture.commit([registration])[0]
        #expect(try store.record(id, for: account)?.bytes == Array(secret.utf8))
        store.close()
        try expectAbsent([Data(secret.utf8), Data(token.utf8), Data(token.utf8.dropFirst(4)), Data(keyBytes)])
        try StoreFiles.moveRowsToTables(path)
        try expectAbsent([Data(secret.utf8), Data(token.utf8), Data(token.utf8.dropFirst(4)), Data(keyBytes)])
    }

    private func expectAbsent(_ needles: [Data]) throws {
        let files = try folder.contents()
        #expect(files.contains { $0.range(of: Data("visible".utf8)) != nil })
        for needle in needles { #expect(!files.contains { $0.range(of: needle) != nil }) }
    }
}
