import Evidence
import Foundation

/// A fresh log in a folder of its own, for runs of the `cinnabar` program.
struct CommandLog {
    let dataFolder: String
    private let program: String
    private let folder: TemporaryFolder

    init(_ surroundings: Surroundings) throws {
        folder = try TemporaryFolder(in: surroundings.scratch)
        dataFolder = folder.path + "/data"
        program = surroundings.programs + "/cinnabar"
        try run("init", ["--origin", "bench.example.org/program"]).finished()
    }

    func run(_ command: String, _ arguments: [String], keepsOutput: Bool = true) throws -> ProgramRun {
        let words = command.split(separator: " ").map(String.init)
        return try ProgramRun(program, words + arguments + ["--data", dataFolder], keepsOutput: keepsOutput)
    }

    func token() throws -> String {
        let printed = try run("tokens create", ["--account", "default", "--json"]).finished()
        guard let token = try JSONValue(parsing: [UInt8](printed))["token"]?.stringValue else {
            throw BenchmarkError("No token was made.")
        }
        return token
    }
}
