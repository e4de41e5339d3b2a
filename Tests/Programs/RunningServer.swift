public import MerkleLog
import Evidence
import Foundation
import Spawning

/// `cinnabar serve` as a process of its own on free ports.
public final class RunningServer {
    public let url: String
    public let logKey: VerifierKey
    private let process: SpawnedProcess

    /// Why it never listened.
    public struct NotListening: Error, CustomStringConvertible {
        public let description: String
    }

    /// Starts it over a data folder and waits until it listens.
    public init(dataFolder: String, arguments: [String] = []) async throws {
        let (process, streams) = try Self.start(dataFolder, arguments)
        var announcement: JSONValue?
        while announcement == nil {
            guard process.isRunning else {
                let errors = String(decoding: try streams.bytes(of: "errors"), as: UTF8.self)
                throw NotListening(description: "cinnabar serve ended with \(process.waitUntilExit()): \(errors)")
            }
            try await Task.sleep(for: .milliseconds(20))
            announcement = try? JSONValue(parsing: streams.bytes(of: "output"))
        }
        guard let url = announcement?["url"]?.stringValue, let key = announcement?["logKey"]?.stringValue else {
            throw NotListening(description: "cinnabar serve does not say where it listens.")
        }
        self.process = process
        self.url = url
        logKey = try VerifierKey(parsing: key)
    }

    deinit { if process.isRunning { process.terminate() } }

    /// Starts a server and kills it after a while, whether or not it listens by then.
    public static func startAndKill(dataFolder: String, after pause: Duration) async throws {
        let (process, _) = try start(dataFolder, [])
        try await Task.sleep(for: pause)
        process.kill()
        process.waitUntilExit()
    }

    /// `kill -9`: the process ends between two instructions.
    public func kill() {
        process.kill()
        process.waitUntilExit()
    }

    /// SIGTERM: it finishes what it is answering. Gives the exit status.
    public func stop() -> Int32 {
        process.terminate()
        return process.waitUntilExit()
    }

    private static func start(_ dataFolder: String, _ arguments: [String]) throws -> (SpawnedProcess, Scratch) {
        let standard = [
            "serve", "--data", dataFolder, "--port", "0", "--set", "metrics.port=0", "--set", "log.level=warning",
        ]
        return try Executable.cinnabar.start(
            standard + ["--json"] + arguments,
            in: "/",
            environment: Executable.cleanEnvironment
        )
    }
}
