import Anchoring
import Foundation
import MerkleLog
import Monitoring
import Synchronization

/// A monitor of a ``TestLog`` with a state folder, a clock that is set by hand, and no patience.
final class Watch: Sendable {
    let path: String
    private let served: Mutex<TestLog>
    private let clock = Mutex<UInt64>(1_800_000_000)
    let keys: [VerifierKey]

    init(_ log: TestLog, keys: [VerifierKey]? = nil) {
        served = Mutex(log)
        self.keys = keys ?? [log.key.verifierKey]
        path = FileManager.default.temporaryDirectory.appending(path: "monitor-\(UUID().uuidString)").path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// From now on another server answers at the log's address.
    func serve(_ log: TestLog) { served.withLock { $0 = log } }

    func pass(seconds: UInt64) { clock.withLock { $0 += seconds } }

    var exchange: HTTPExchange {
        { request in
            let log = self.served.withLock { $0 }
            return try log.answer(request)
        }
    }

    /// Looks once, with a monitor of its own as a new process would have.
    func look(_ change: (inout MonitoredLog) -> Void = { _ in }) async throws -> MonitorRound {
        var log = MonitoredLog(HTTPLog(url: TestLog.url + "/", exchange: exchange, pause: { _ in }), keys: keys)
        change(&log)
        let monitor = LogMonitor(
            log,
            folder: try MonitorFolder(path, log: log),
            nowSeconds: { self.clock.withLock { $0 } },
            pause: { _ in }
        )
        return try await monitor.round()
    }

    /// The kinds of alarm of one look.
    func alarms(_ change: (inout MonitoredLog) -> Void = { _ in }) async throws -> [LogAlarm.Kind] {
        try await look(change).alarms.map(\.kind)
    }

    func file(_ name: String) -> [UInt8]? { FileManager.default.contents(atPath: "\(path)/\(name)").map { Array($0) } }
}
