import Foundation
import Logging
import MerkleLog
import Synchronization
import Witnessing

/// A witness's folder that goes when the test is over, and what the witness logged.
final class WitnessScratch: Sendable {
    static let name = "witness.example/w1"

    let path = FileManager.default.temporaryDirectory.appending(path: "witness-\(UUID())").path
    let log = LogLines()
    let clock = Mutex<UInt64>(1_795_000_000)

    init(_ logs: TestLog...) throws {
        _ = try Witness.create(
            at: path,
            name: Self.name,
            logs: logs.map(\.key.verifierKey.text),
            nowSeconds: 1_795_000_000
        )
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func open() throws -> Witness {
        let lines = log
        return try Witness(
            folder: path,
            clock: { [self] in clock.withLock { $0 } },
            logger: Logger(label: "witness") { _ in lines }
        )
    }

    var stateFiles: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: "\(path)/state")) ?? []).map { "\(path)/state/\($0)" }
    }

    var forkFiles: [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: "\(path)/forks"))?.sorted() ?? []
    }
}

/// Keeps what is logged.
final class LogLines: LogHandler, Sendable {
    private let lines = Mutex<[(Logger.Level, String)]>([])

    var metadata: Logger.Metadata {
        get { [:] }
        set {}
    }
    var logLevel: Logger.Level {
        get { .trace }
        set {}
    }
    subscript(metadataKey _: String) -> Logger.Metadata.Value? {
        get { nil }
        set {}
    }

    func log(event: LogEvent) { lines.withLock { $0.append((event.level, "\(event.message)")) } }

    func lines(at level: Logger.Level) -> [String] { lines.withLock { $0.filter { $0.0 == level }.map(\.1) } }
}
