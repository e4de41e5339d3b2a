import Evidence
import Foundation
import Spawning
import Testing

/// `cinnabar serve` as a process of its own on a free port.
final class RunningServer {
    let url: String
    private let process: SpawnedProcess

    /// Starts it and waits until it says where it listens.
    init(in folder: TestFolder, arguments: [String] = []) async throws {
        let (process, streams) = try Executable("cinnabar").start(
            ["serve", "--port", "0", "--set", "metrics.port=0", "--json"] + arguments,
            in: folder
        )
        self.process = process
        var address: String?
        while address == nil {
            address = try? JSONValue(parsing: Array(streams.output().utf8))["url"]?.stringValue
            guard process.isRunning else { break }
            try await Task.sleep(for: .milliseconds(50))
        }
        let errors = try streams.errors()
        url = try #require(address, "serve ended: \(errors)")
    }

    /// Sends SIGTERM and gives the exit status.
    func stop() -> Int32 {
        process.terminate()
        return process.waitUntilExit()
    }

    /// Ends it without a chance to clean up.
    func kill() {
        process.kill()
        process.waitUntilExit()
    }

    deinit { if process.isRunning { process.terminate() } }
}
