import EvidenceStore
import Foundation
import Glibc
import MerkleLog
import Testing

@Suite struct CrashTests {
    /// A child commits batches of several sizes and writes the guard after each, until it is killed in the middle.
    @Test(arguments: [20, 60, 150, 300])
    func whatWasCommittedSurvivesAKill(afterMilliseconds milliseconds: Int) async throws {
        let folder = try TemporaryFolder()
        await #expect(processExitsWith: .signal(SIGKILL)) {
            [path = folder.path as String, milliseconds = milliseconds as Int] in
            var fixture = Fixture(
                try Store.create(at: path + "/store", origins: [.first: Fixture.origin], masterKey: Fixture.masterKey())
            )
            let guardFile = GuardFile(path: path + "/guard")
            for batch in 0... {
                var registrations = (0...batch % 70).map { Fixture.registration("\(batch) \($0)") }
                if batch.isMultiple(of: 3) {
                    var writer = try fixture.store.originalWriter(for: Fixture.seller)
                    try writer.append([UInt8](repeating: 3, count: 100_000))
                    registrations[0].original = try writer.finish()
                }
                try fixture.commit(registrations)
                try guardFile.write(Fixture.checkpoint(fixture.tree.size).signed)
                guard batch == 0 else { continue }
                // From the first guard on, so that there is always something to look at after the kill.
                Thread.detachNewThread {
                    usleep(UInt32(milliseconds) * 1_000)
                    kill(getpid(), SIGKILL)
                }
            }
        }
        try expectWhole(folder.path)
    }

    private func expectWhole(_ path: String) throws {
        let store = try Store.open(at: path + "/store", masterKey: Fixture.masterKey())
        let head = try #require(try store.head(of: .first))
        let guarded = try #require(try GuardFile(path: path + "/guard").read())
        let checkpoints = try (1...head.size.value).compactMap {
            try store.checkpoint(ofSize: TreeSize($0), lane: .first)?.signed
        }
        #expect(checkpoints.suffix(2).contains(guarded), "The guard is the head or the batch before it.")
        let entries = try store.entries(in: 0..<head.size.value, lane: .first)
        #expect(entries.count == Int(head.size.value))
        var tree = TileWriter()
        _ = tree.append(entries.map { LeafHash(entry: $0) })
        #expect(try TileWriter(size: head.size, from: StoredTiles(store: store)).root == tree.root)
        for entry in entries {
            let id = LeafHash(entry: entry)
            let record = try #require(try store.record(id, for: Fixture.seller))
            guard record.originalByteCount != nil else { continue }
            #expect(try store.original(of: id, for: Fixture.seller)?.chunk(0).count == 100_000)
        }
    }
}
