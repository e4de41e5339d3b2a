import HTTPTypes
import Synchronization

/// What the server counts about its requests, since it started.
final class HTTPMetrics: Sendable {
    struct Key: Hashable, Sendable {
        let route: String
        let method: String
        let status: Int
    }

    /// Upper bounds in seconds: from a cached tile to a large upload over a slow line.
    static let bucketBounds: [Double] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

    struct Histogram: Sendable {
        /// One count for each bound and one for what is above them all; not cumulative.
        var counts = [Int](repeating: 0, count: HTTPMetrics.bucketBounds.count + 1)
        var sumSeconds = 0.0
    }

    struct Snapshot: Sendable {
        var requests: [Key: Int] = [:]
        var durations: [String: Histogram] = [:]
        var inFlight = 0
        var receivedBytes = 0
    }

    private let state = Mutex(Snapshot())

    var snapshot: Snapshot { state.withLock { $0 } }

    func requestStarted() { state.withLock { $0.inFlight += 1 } }

    func bodyReceived(bytes: Int) { state.withLock { $0.receivedBytes += bytes } }

    func requestEnded(route: String, method: HTTPRequest.Method, status: Int, elapsed: Duration) {
        let seconds = elapsed.seconds
        let bucket = Self.bucketBounds.firstIndex { seconds <= $0 } ?? Self.bucketBounds.count
        let key = Key(route: route, method: Self.name(of: method), status: status)
        state.withLock { state in
            state.inFlight -= 1
            state.requests[key, default: 0] += 1
            state.durations[route, default: Histogram()].counts[bucket] += 1
            state.durations[route, default: Histogram()].sumSeconds += seconds
        }
    }

    /// The method, or `other`: clients must not be able to make up labels.
    static func name(of method: HTTPRequest.Method) -> String {
        [.get, .head, .post, .put, .delete, .options, .patch].contains(method) ? method.rawValue : "other"
    }
}

extension Duration {
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
    var milliseconds: Int64 { components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000 }
}
