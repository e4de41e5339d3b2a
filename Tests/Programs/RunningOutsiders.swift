import Evidence
import Foundation
import Spawning

/// `tools/outsiders` as a process of its own: two timestamp authorities, and a chain and a calendar where Python and
/// its packages are there.
public final class RunningOutsiders {
    /// Names them all; for `--config`.
    public let configuration: String
    /// What it said of each, a line a name.
    public let lines: [String]
    private let process: SpawnedProcess

    public struct NotReady: Error, CustomStringConvertible {
        public let description: String
    }

    /// Starts them for the log of a data folder and waits until all stand.
    public init(for office: DataFolder) async throws {
        let programs = URL(filePath: Executable.cinnabar.path).deletingLastPathComponent().path
        var environment = Executable.cleanEnvironment
        environment["PATH"] = "\(programs):\(environment["PATH"] ?? "")"
        // Where PyPI is out of reach, at once.
        environment["PIP_RETRIES"] = "0"
        environment["PIP_DEFAULT_TIMEOUT"] = "20"
        let folder = office.scratch["outsiders"]
        let (process, streams) = try Executable(path: Repository.path("tools/outsiders")).start(
            [folder, office.path],
            in: office.scratch.path,
            environment: environment
        )
        var lines: [String] = []
        while lines.last != "ready" {
            guard process.isRunning else {
                let errors = String(decoding: try streams.bytes(of: "errors"), as: UTF8.self)
                throw NotReady(description: "tools/outsiders ended with \(process.waitUntilExit()): \(errors)")
            }
            try await Task.sleep(for: .milliseconds(100))
            let output = String(decoding: try streams.bytes(of: "output"), as: UTF8.self)
            lines = output.split(separator: "\n").map(String.init)
        }
        self.process = process
        self.lines = lines.dropLast()
        configuration = "\(folder)/cinnabar.json"
    }

    deinit { if process.isRunning { process.terminate() } }

    /// Whether one of this name stands.
    public func stands(_ name: String) -> Bool {
        lines.contains { $0.hasPrefix("  \(name) ") && !$0.contains(" not here: ") }
    }

    /// SIGTERM: it ends those that it started. Gives the exit status.
    public func stop() -> Int32 {
        process.terminate()
        return process.waitUntilExit()
    }
}
