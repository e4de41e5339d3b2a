import Foundation
import Spawning

/// A program that tests run as a process of its own: one built beside them, or one of the system.
public struct Executable: Sendable {
    public let path: String

    public init(path: String) { self.path = path }

    /// Built with the tests, and so in their folder.
    public init(built name: String) {
        let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        path = URL(filePath: own).deletingLastPathComponent().appending(path: name).path
    }

    public static let cinnabar = Executable(built: "cinnabar")
    public static let verifier = Executable(built: "cinnabar-verify")
    public static let shell = Executable(path: "/bin/sh")

    /// Whether the shell finds programs of these names.
    public static func areInstalled(_ names: String...) -> Bool {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        return names.allSatisfy { name in
            folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(name)") }
        }
    }

    /// This process's environment without what configures Cinnabar.
    public static var cleanEnvironment: [String: String] {
        ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("CINNABAR_") }
    }

    /// Runs the program to its end.
    ///
    /// - Parameter environment: All of it; the empty one is empty.
    public func run(
        _ arguments: [String],
        in folder: String = "/",
        environment: [String: String] = cleanEnvironment
    ) async throws -> ProgramRun {
        let (process, streams) = try start(arguments, in: folder, environment: environment)
        return ProgramRun(
            status: await process.exit(),
            output: try streams.bytes(of: "output"),
            errors: try streams.bytes(of: "errors")
        )
    }

    /// A running process, with its output and errors in files of a folder, so that no pipe fills up.
    func start(
        _ arguments: [String],
        in folder: String,
        environment: [String: String]
    ) throws -> (process: SpawnedProcess, streams: Scratch) {
        let streams = try Scratch()
        let process = try SpawnedProcess(
            path,
            arguments,
            in: folder,
            environment: environment,
            output: .file(FileHandle(forWritingTo: URL(filePath: streams.write([], to: "output")))),
            errors: .file(FileHandle(forWritingTo: URL(filePath: streams.write([], to: "errors"))))
        )
        return (process, streams)
    }
}
