public import Anchoring
public import MerkleLog

/// Any C2SP tlog-tiles log, read over HTTP.
public struct HTTPLog: LogSource {
    /// A checkpoint with a hundred signatures is far below this.
    static let checkpointLimitBytes = 64 << 10
    /// 256 entries of the greatest length.
    static let bundleLimitBytes = 256 * (2 + 65_535)
    /// Tries of one request; pauses of one second, two and four between them.
    static let tries = 4

    /// The prefix that `/checkpoint` and `/tile/` follow, without a final slash.
    public let url: String
    private let exchange: HTTPExchange
    private let pause: @Sendable (_ seconds: Int) async throws -> Void

    /// - Parameter pause: Waits between two tries.
    public init(
        url: String,
        exchange: @escaping HTTPExchange,
        pause: @escaping @Sendable (_ seconds: Int) async throws -> Void = { try await Task.sleep(for: .seconds($0)) }
    ) {
        self.url = url.hasSuffix("/") ? String(url.dropLast()) : url
        self.exchange = exchange
        self.pause = pause
    }

    public func checkpoint() async throws -> [UInt8] {
        guard let note = try await get("\(url)/checkpoint", limitBytes: Self.checkpointLimitBytes) else {
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
        return try await get("\(url)/\(path.text)", limitBytes: limitBytes)
    }

    private func get(_ url: String, limitBytes: Int) async throws -> [UInt8]? {
        let request = OutgoingRequest(url: url, method: "GET", headers: [:], body: [], responseLimitBytes: limitBytes)
        var failure = ""
        for number in 0..<Self.tries {
            if number > 0 { try await pause(1 << (number - 1)) }
            do {
                let response = try await exchange(request)
                switch response.status {
                case 200: return response.body
                case 404, 410: return nil
                default: failure = "it answers \(response.status)"
                }
            } catch is CancellationError {
                throw CancellationError()
            } catch {
                failure = "no whole answer of at most \(limitBytes) bytes came"
            }
        }
        throw LogUnreachable("\(url) could not be read in \(Self.tries) tries: \(failure).")
    }
}
