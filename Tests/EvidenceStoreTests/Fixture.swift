import Bytes
import EvidenceStore
import MerkleLog
import OpenSSL

/// A store with a tree beside it, as the sequencer has one.
struct Fixture {
    static let origin = "log.example/cinnabar"
    static let seller = AccountID(1)
    static let rival = AccountID(2)

    let store: Store
    private(set) var tree = TileWriter()

    static func masterKey(_ seed: UInt8 = 1) throws -> MasterKey { try MasterKey([UInt8](repeating: seed, count: 32)) }

    /// An empty store in memory.
    init(_ backend: InMemoryBackend = InMemoryBackend()) throws {
        store = try Store.create(on: backend, origins: [.first: Self.origin], masterKey: Self.masterKey())
    }

    init(_ store: Store, tree: TileWriter = TileWriter()) {
        self.store = store
        self.tree = tree
    }

    /// A registration of a document with this name; the same name has the same digests.
    static func registration(
        _ name: String,
        of account: AccountID = seller,
        salt: String = ""
    ) -> UnsealedRegistration {
        let entry = Array("entry of \(name) \(salt) by \(account)".utf8)
        var registration = UnsealedRegistration(
            account: account,
            record: Array("record of \(name) \(salt)".utf8),
            entry: entry
        )
        registration.digests = digests(of: name)
        return registration
    }

    static func digests(of name: String) -> [DocumentDigest] {
        [DigestAlgorithm.sha256, .sm3].compactMap { DocumentDigest($0, $0.digest(of: Array(name.utf8))) }
    }

    static func digest(_ text: String) -> Digest256 { SHA256.digest(of: Array(text.utf8)) }

    @discardableResult
    mutating func commit(_ registrations: [UnsealedRegistration], lane: LaneID = .first) throws -> [LeafHash] {
        var grown = tree
        let sealed = try registrations.map { try store.sealing($0) }
        let tiles = grown.append(sealed.map(\.id))
        let checkpoint = Self.checkpoint(tiles.size)
        try store.commit(
            SequencedBatch(
                lane: lane,
                first: tiles.firstIndex,
                entries: sealed.map { .registration($0) },
                tiles: tiles.changedTiles,
                checkpoint: checkpoint
            )
        )
        tree = grown
        return sealed.map(\.id)
    }

    static func checkpoint(_ size: TreeSize) -> StoredCheckpoint {
        StoredCheckpoint(size: size, signed: Array("checkpoint of \(size)".utf8), batchTime: Int64(size.value) * 1_000)
    }
}

/// Reads a store's tiles as a tree does.
struct StoredTiles: TileSource {
    let store: Store

    func tile(_ id: TileID, width: Int) throws -> [UInt8] {
        guard let bytes = try store.tile(id, lane: .first), bytes.count >= 32 * width else {
            throw StoreError(.absent, "No tile \(id) of width \(width).")
        }
        return Array(bytes.prefix(32 * width))
    }
}
