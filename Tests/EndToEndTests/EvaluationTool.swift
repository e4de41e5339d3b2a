import Foundation
import Programs
import Spawning

/// Where the evaluation's Python files lie, and how their tests are run.
enum EvaluationTool {
    static let folder = Repository.path("tools/evaluation")

    /// The first program named `python3` on the search path, if there is one.
    static let python: String? = (ProcessInfo.processInfo.environment["PATH"] ?? "")
        .split(separator: ":")
        .map { "\($0)/python3" }
        .first { FileManager.default.isExecutableFile(atPath: $0) }

    /// Runs the tests in a folder with those files.
    ///
    /// - Returns: How they ended, and everything they printed.
    static func test(in folder: String) throws -> (status: Int32, output: String) {
        let pipe = Pipe()
        let process = try SpawnedProcess(
            python ?? "python3",
            ["-B", "\(folder)/tests.py"],
            output: .pipe(pipe),
            errors: .pipe(pipe)
        )
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        return (process.waitUntilExit(), String(decoding: output, as: UTF8.self))
    }
}
