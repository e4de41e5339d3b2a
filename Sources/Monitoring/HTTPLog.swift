public import Anchoring
public import MerkleLog

/// Any C2SP tlog-tiles log, read over HTTP.
public struct HTTPLog: LogSource {
    /// A checkpoint with a hundred signatures is far below this.
    static let checkpointLimitBytes = 64 << 10
    /// 256 entries of the greatest length.
    static let bundleLimitBytes = 256 * (2 + 65_535)

    /// The prefix that `/checkpoint` and `/tile/` follow, without a final slash.
    public let url: String
    private let reader: HTTPReader

    /// - Parameter pause: Waits between two tries.
    public init(
        url: String,
        exchange: @escaping HTTPExchange,
        pause: @escaping @Sendable (_ seconds: Int) async throws -> Void = { try await Task.sleep(for: .seconds($0)) }
    ) {
        self.url = url.hasSuffix("/") ? String(url.dropLast()) : url
        reader = HTTPReader(exchange: exchange, pause: pause)
    }

    public func checkpoint() async throws -> [UInt8] {
        guard let note = try await reader.get("\(url)/checkpoint", limitBytes: Self.checkpointLimitBytes) else {
            throw LogUnreachable("There is no checkpoint at \(url)/checkpoint. Check the log's URL.")
        }
        return note
    }

    public func resource(_ path: TilePath) async throws -> [UInt8]? {
        let limitBytes =
            switch path {
            case .tile: 32 * TileID.fullWidth
            case .entries: Self.bundleLimitBytes
            }
        return try await reader.get("\(url)/\(path.text)", limitBytes: limitBytes)
    }
}
