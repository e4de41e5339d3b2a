import Evidence
import Foundation
import Testing

/// One run of a built program as a process of its own: what it wrote and how it ended.
struct CommandRun {
    let status: Int32
    let output: String
    let errors: String

    /// The one JSON document on standard output.
    var json: JSONValue {
        get throws { try JSONValue(parsing: Array(output.utf8)) }
    }

    /// The documents of a stream, one on each line.
    var jsonLines: [JSONValue] {
        get throws { try output.split(separator: "\n").map { try JSONValue(parsing: Array($0.utf8)) } }
    }
}

/// Runs `cinnabar` with `arguments`, in an environment without anything of ours but `environment`.
func cinnabar(
    _ arguments: [String],
    in folder: TestFolder,
    environment: [String: String] = [:]
) async throws -> CommandRun {
    try await Executable("cinnabar").run(arguments, in: folder, environment: environment)
}

/// A program built beside the tests.
struct Executable {
    let url: URL

    init(_ name: String) {
        let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        url = URL(fileURLWithPath: own).deletingLastPathComponent().appendingPathComponent(name)
    }

    func run(
        _ arguments: [String],
        in folder: TestFolder,
        environment: [String: String] = [:]
    ) async throws -> CommandRun {
        let process = try self.process(arguments, in: folder, environment: environment)
        let streams = try ProcessStreams(of: process)
        let status = try await process.ended()
        return CommandRun(status: status, output: try streams.output(), errors: try streams.errors())
    }

    func process(
        _ arguments: [String],
        in folder: TestFolder,
        environment: [String: String] = [:]
    ) throws -> Process {
        let process = Process()
        process.executableURL = url
        process.arguments = arguments
        process.currentDirectoryURL = folder.url
        let inherited = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("CINNABAR_") }
        process.environment = inherited.merging(environment) { _, own in own }
        process.standardInput = FileHandle.nullDevice
        return process
    }
}

/// Standard output and error of a process as files, so that no pipe fills up. They go when this does.
final class ProcessStreams: Sendable {
    private let outputURL: URL
    private let errorsURL: URL

    init(of process: Process) throws {
        let base = FileManager.default.temporaryDirectory.appendingPathComponent("cinnabar-run-\(UUID().uuidString)")
        outputURL = base.appendingPathExtension("out")
        errorsURL = base.appendingPathExtension("err")
        for url in [outputURL, errorsURL] { try Data().write(to: url) }
        process.standardOutput = try FileHandle(forWritingTo: outputURL)
        process.standardError = try FileHandle(forWritingTo: errorsURL)
    }

    deinit { for url in [outputURL, errorsURL] { try? FileManager.default.removeItem(at: url) } }

    func output() throws -> String { try String(contentsOf: outputURL, encoding: .utf8) }
    func errors() throws -> String { try String(contentsOf: errorsURL, encoding: .utf8) }
}

extension Process {
    /// Starts the process and waits until it has ended.
    func ended() async throws -> Int32 {
        try await withCheckedThrowingContinuation { continuation in
            terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do { try run() } catch { continuation.resume(throwing: error) }
        }
    }
}
