import Bytes
import Evidence
import EvidenceStore
import MerkleLog
import Notary
import OpenSSL

/// The store alone: prepared batches of sealed registrations with their tiles and checkpoints, committed one by one.
struct StoreLimit {
    let surroundings: Surroundings
    let count: Int

    /// The sequencer's own limit.
    private static let batchSize = 4096
    private static let lane = LaneID.first
    private static let origin = "bench.example.org/limit"

    /// Registrations per second; preparing is not counted.
    func perSecond() throws -> Double {
        let folder = try TemporaryFolder(in: surroundings.scratch)
        let masterKey = try MasterKey.create(at: folder.path + "/master.key")
        let store = try Store.create(at: folder.path + "/store", origins: [.first: Self.origin], masterKey: masterKey)
        defer { store.close() }
        let account = try store.createAccount(name: "bench", now: 0).id
        let batches = try batches(of: sealed(for: account, by: store))
        let start = ContinuousClock.now
        for batch in batches { try store.commit(batch) }
        return Double(count) / ((ContinuousClock.now - start) / .seconds(1))
    }

    private func sealed(for account: AccountID, by store: Store) throws -> [SealedRegistration] {
        try (0..<count).map { number in
            let digest = DigestRegistrations.file(number).sha256
            // As long as the record of a digest-only registration.
            let record = Array("{ \"sha256\": \"\(digest.hex)\" }".utf8) + [UInt8](repeating: 0x20, count: 500)
            var unsealed = UnsealedRegistration(account: account, record: record, entry: Entry(record: record).bytes)
            unsealed.digests = [EvidenceStore.DocumentDigest(.sha256, digest.bytes)].compactMap { $0 }
            return try store.sealing(unsealed)
        }
    }

    private func batches(of registrations: [SealedRegistration]) throws -> [SequencedBatch] {
        let key = try SignerKey.generate(name: Self.origin)
        var writer = TileWriter()
        return try stride(from: 0, to: registrations.count, by: Self.batchSize).map { start in
            let part = Array(registrations[start..<min(start + Self.batchSize, registrations.count)])
            let tiles = writer.append(part.map(\.id))
            let note = try Checkpoint(origin: Self.origin, size: tiles.size, root: tiles.root).signed(by: key)
            return SequencedBatch(
                lane: Self.lane,
                first: tiles.firstIndex,
                entries: part.map { .registration($0) },
                tiles: tiles.changedTiles,
                checkpoint: StoredCheckpoint(size: tiles.size, signed: note.bytes, batchTime: 0)
            )
        }
    }
}
