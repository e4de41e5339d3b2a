@testable import EvidenceStore
import Foundation
import MerkleLog
import Synchronization
import Testing

@Suite struct StagingTests {
    @Test func aStagedStoreHasEveryRowButNoKey() throws {
        let folder = try TemporaryFolder()
        var fixture = Fixture(
            try Store.create(
                at: folder.path + "/store",
                origins: [.first: Fixture.origin],
                masterKey: Fixture.masterKey()
            )
        )
        var original = try fixture.store.originalWriter(for: Fixture.seller)
        try original.append([UInt8](repeating: 7, count: 3 << 20))
        var first = Fixture.registration("first")
        first.original = try original.finish()
        let ids = try fixture.commit([first] + (1..<300).map { Fixture.registration("\($0)") })
        // Half of the rows in tables, half in the write-ahead log.
        fixture.store.close()
        try StoreFiles.moveRowsToTables(folder.path + "/store")
        fixture = Fixture(
            try Store.open(at: folder.path + "/store", masterKey: Fixture.masterKey()),
            tree: fixture.tree
        )
        try fixture.commit((300..<600).map { Fixture.registration("\($0)") })

        let stage = folder.path + "/stage"
        let wrapped = try wrappedKeys(of: fixture.store)
        var chunks: [KeyChunk] = []
        let staged = try fixture.store.stage(in: stage) { chunks.append($0) }
        #expect(staged.logs.map(\.origin) == [Fixture.origin])
        #expect(staged.logs.first?.head == Fixture.checkpoint(TreeSize(600)))
        #expect(chunks.map(\.count) == [600])

        let taken = try TemporaryFolder()
        for name in staged.fileNames {
            try FileManager.default.copyItem(atPath: "\(stage)/\(name)", toPath: "\(taken.path)/\(name)")
        }
        #expect(wrapped.count == 600)
        // What is looked for shows in the store itself.
        #expect(try folder.contents().contains { $0.range(of: Data(wrapped[0])) != nil })
        for bytes in try taken.contents() {
            for key in wrapped { #expect(bytes.range(of: Data(key)) == nil, "A wrapped key got into the copy.") }
        }
        let store = try Store.open(at: taken.path, masterKey: Fixture.masterKey())
        #expect(throws: StoreError(.corrupted, "")) { try store.record(ids[0], for: Fixture.seller) }
        for chunk in chunks { #expect(try store.put(KeyChunk(parsing: chunk.bytes)) == 600) }
        #expect(try store.record(ids[299], for: Fixture.seller)?.bytes == Array("record of 299 ".utf8))
        #expect(try store.original(of: ids[0], for: Fixture.seller)?.chunk(2).count == 1 << 20)
        #expect(try TileWriter(size: TreeSize(600), from: StoredTiles(store: store)).root == fixture.tree.root)
        // The store that was copied goes on as if nothing had been.
        try fixture.commit([Fixture.registration("after")])
        #expect(try fixture.store.record(ids[0], for: Fixture.seller) != nil)
    }

    @Test func aSecondStageSharesTheTablesOfTheFirst() throws {
        let folder = try TemporaryFolder()
        var fixture = Fixture(
            try Store.create(
                at: folder.path + "/store",
                origins: [.first: Fixture.origin],
                masterKey: Fixture.masterKey()
            )
        )
        try fixture.commit((0..<300).map { Fixture.registration("\($0)") })
        let first = try fixture.store.stage(in: folder.path + "/1") { _ in }
        try fixture.commit([Fixture.registration("after")])
        let second = try fixture.store.stage(in: folder.path + "/2") { _ in }
        #expect(first.identity == second.identity)
        let tables = first.fileNames.filter { $0.hasSuffix(".sst") && second.fileNames.contains($0) }
        #expect(tables.count >= 5)
        for name in tables {
            #expect(
                try FileTransfer.digest(of: "\(first.folder)/\(name)")
                    == FileTransfer.digest(of: "\(second.folder)/\(name)")
            )
        }
    }

    @Test func aStageTakenWhileOthersCommitIsAPrefix() async throws {
        let folder = try TemporaryFolder()
        let store = try Store.create(
            at: folder.path + "/store",
            origins: [.first: Fixture.origin],
            masterKey: Fixture.masterKey()
        )
        let size = Atomic<UInt64>(0)
        let done = Atomic<Bool>(false)
        let writer = Thread {
            var fixture = Fixture(store)
            for batch in 0... {
                guard !done.load(ordering: .acquiring) else { break }
                let count = batch % 40 + 1
                guard (try? fixture.commit((0..<count).map { Fixture.registration("\(batch) \($0)") })) != nil else {
                    break
                }
                size.store(fixture.tree.size.value, ordering: .releasing)
            }
        }
        writer.start()
        defer { done.store(true, ordering: .releasing) }
        for round in 0..<8 {
            while size.load(ordering: .acquiring) < UInt64(round + 1) * 200 { usleep(1_000) }
            let before = size.load(ordering: .acquiring)
            var keys = 0
            let staged = try store.stage(in: "\(folder.path)/\(round)") { keys += $0.count }
            let head = try #require(staged.logs.first?.head)
            #expect(head.size.value >= before)
            #expect(UInt64(keys) == head.size.value)
            let copy = try Store.open(at: staged.folder, masterKey: Fixture.masterKey())
            #expect(try copy.head(of: .first) == head)
            let entries = try copy.entries(in: 0..<head.size.value, lane: .first)
            var tree = TileWriter()
            _ = tree.append(entries.map { LeafHash(entry: $0) })
            #expect(try TileWriter(size: head.size, from: StoredTiles(store: copy)).root == tree.root)
            copy.close()
        }
    }

    @Test(arguments: [
        "", "cinnabar store-keys-1 0 0", "cinnabar store-keys-2 0 0\n", "cinnabar store-keys-1 0 1\n",
        "cinnabar store-keys-1 00 0\n", "cinnabar store-keys-1 0 0\n\u{0}\u{1}\u{0}", "cinnabar store-keys-1 65536 0\n",
        "cinnabar store-keys-1 0 0\n\u{0}\u{1}\u{0}\u{1}a\u{0}\u{1}\u{0}\u{1}b",
    ])
    func keyFilesThatDoNotReadAreRefused(_ text: String) {
        #expect(throws: StoreError(.corrupted, "")) { try KeyChunk(parsing: Array(text.utf8)) }
    }

    private func wrappedKeys(of store: Store) throws -> [[UInt8]] {
        try store.backend.rows(Scan(.recordKeys, limit: 10_000)).map(\.value)
    }
}
