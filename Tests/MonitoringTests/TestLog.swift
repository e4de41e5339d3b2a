import Anchoring
import MerkleLog
import Synchronization

/// A C2SP log in memory, served as a web server would, with whatever a test wants damaged.
final class TestLog: Sendable {
    static let url = "https://log.example/served"

    let key: SignerKey
    private let state: Mutex<State>

    struct State {
        var entries: [[UInt8]]
        var resources: [String: [UInt8]] = [:]
        var checkpoint: [UInt8] = []
        /// Served instead of what is there; `nil` for 404.
        var replaced: [String: [UInt8]?] = [:]
        /// Statuses to answer with before anything else.
        var failures: [Int] = []
        var requests: [String] = []
    }

    /// - Parameter prefix: The entries that it begins with, as another log with the same key may.
    init(key: SignerKey? = nil, prefix: [[UInt8]] = []) throws {
        self.key = try key ?? SignerKey.generate(name: "log.example/served")
        state = Mutex(State(entries: prefix))
        try publish()
    }

    var entries: [[UInt8]] { state.withLock { $0.entries } }
    var checkpoint: [UInt8] { state.withLock { $0.checkpoint } }
    var requests: [String] { state.withLock { $0.requests } }

    /// Another log with this one's key and entries: what a cheating operator runs.
    func fork() throws -> TestLog { try TestLog(key: key, prefix: entries) }

    func grow(by count: Int, saying word: String = "entry") throws {
        state.withLock { state in
            for _ in 0..<count { state.entries.append(Array("\(word) \(state.entries.count)".utf8)) }
        }
        try publish()
    }

    func replace(_ path: String, by bytes: [UInt8]?) { state.withLock { $0.replaced[path] = .some(bytes) } }
    func repair() { state.withLock { $0.replaced = [:] } }
    func fail(_ statuses: [Int]) { state.withLock { $0.failures = statuses } }
    func forgetRequests() { state.withLock { $0.requests = [] } }
    func resource(_ path: String) -> [UInt8]? { state.withLock { $0.resources[path] } }

    /// Adds cosignatures to what is served as the checkpoint.
    func cosign(with keys: [SignerKey], timestampSeconds: UInt64) throws {
        var note = try SignedNote(parsing: checkpoint)
        for key in keys { try note.cosign(with: key, timestampSeconds: timestampSeconds) }
        state.withLock { $0.checkpoint = note.bytes }
    }

    /// Writes all resources of the newest tree, beside those of the trees before.
    private func publish() throws {
        let entries = self.entries
        var writer = TileWriter()
        let batch = writer.append(entries.map { LeafHash(entry: $0) })
        var resources: [String: [UInt8]] = [:]
        for tile in batch.changedTiles { resources[TilePath.tile(tile.id, width: tile.width).text] = tile.bytes }
        for start in stride(from: 0, to: entries.count, by: TileID.fullWidth) {
            let bundle = try EntryBundle(Array(entries[start..<min(start + TileID.fullWidth, entries.count)]))
            let path = TilePath.entries(index: UInt64(start / TileID.fullWidth), width: bundle.entries.count)
            resources[path.text] = bundle.bytes
        }
        let note = try Checkpoint(origin: key.name, size: batch.size, root: batch.root).signed(by: key)
        state.withLock { state in
            state.resources.merge(resources) { $1 }
            state.checkpoint = note.bytes
        }
    }

    /// Answers as the server at ``url``; other addresses do not exist.
    func answer(_ request: OutgoingRequest) throws -> IncomingResponse {
        let prefix = Self.url + "/"
        guard request.url.hasPrefix(prefix) else { throw NoSuchServer() }
        let path = String(request.url.dropFirst(prefix.count))
        return state.withLock { state in
            state.requests.append(path)
            if !state.failures.isEmpty {
                return IncomingResponse(status: state.failures.removeFirst(), headers: [:], body: [])
            }
            let stored = path == "checkpoint" ? state.checkpoint : state.resources[path]
            guard let body = state.replaced[path] ?? stored else {
                return IncomingResponse(status: 404, headers: [:], body: [])
            }
            return IncomingResponse(status: 200, headers: [:], body: body)
        }
    }

    struct NoSuchServer: Error {}
}
