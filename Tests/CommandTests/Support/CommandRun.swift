import Evidence
import Foundation
import Spawning
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
        let (process, streams) = try start(arguments, in: folder, environment: environment)
        return CommandRun(status: await process.exit(), output: try streams.output(), errors: try streams.errors())
    }

    func start(
        _ arguments: [String],
        in folder: TestFolder,
        environment: [String: String] = [:]
    ) throws -> (process: SpawnedProcess, streams: ProcessStreams) {
        let inherited = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("CINNABAR_") }
        let streams = try ProcessStreams()
        let process = try SpawnedProcess(
            url.path,
            arguments,
            in: folder.url.path,
            environment: inherited.merging(environment) { _, own in own },
            output: .file(FileHandle(forWritingTo: streams.outputURL)),
            errors: .file(FileHandle(forWritingTo: streams.errorsURL))
        )
        return (process, streams)
    }
}

/// Standard output and error of a process as files, so that no pipe fills up. They go when this does.
final class ProcessStreams: Sendable {
    let outputURL: URL
    let errorsURL: URL

    init() throws {
        let base = FileManager.default.temporaryDirectory.appendingPathComponent("cinnabar-run-\(UUID().uuidString)")
        outputURL = base.appendingPathExtension("out")
        errorsURL = base.appendingPathExtension("err")
        for url in [outputURL, errorsURL] { try Data().write(to: url) }
    }

    deinit { for url in [outputURL, errorsURL] { try? FileManager.default.removeItem(at: url) } }

    func output() throws -> String { try String(contentsOf: outputURL, encoding: .utf8) }
    func errors() throws -> String { try String(contentsOf: errorsURL, encoding: .utf8) }
}
