import Foundation
import Programs
import Spawning
import Testing

/// `tools/evaluate` judges Cinnabar; its judging is tested by its own tests, with Python alone.
@Suite(
    .enabled(
        if: EvaluationToolTests.python != nil,
        "needs Python 3, to run the evaluation's tests: apt install python3"
    )
)
struct EvaluationToolTests {
    /// The first program named `python3` on the search path, if there is one.
    static let python: String? = (ProcessInfo.processInfo.environment["PATH"] ?? "")
        .split(separator: ":")
        .map { "\($0)/python3" }
        .first { FileManager.default.isExecutableFile(atPath: $0) }

    private static let folder = "tools/evaluation"

    @Test func `what is right and wrong is judged as its tests say`() throws {
        let (status, output) = try run([Repository.path("\(Self.folder)/tests.py")])
        #expect(status == 0, "\(output)")
        #expect(output.contains("\nOK"), "\(output)")
    }

    /// Each change is a mistake that would flatter Cinnabar; the tests must notice it.
    @Test(arguments: [
        ("scoring.py", "if name not in query.allowed", "if name in query.allowed"),
        ("scoring.py", "altered.photo if", "altered.attack if"),
        ("scoring.py", "query.photo in self.named", "bool(self.named)"),
        ("report.py", "if each.query.photo is not None]", "if each.found]"),
        ("report.py", "for each in self.scored if each.wrong]", "for each in self.copies if each.wrong]"),
    ])
    func `a mistake is noticed`(file: String, original: String, mistaken: String) throws {
        let manager = FileManager.default
        let changed = manager.temporaryDirectory.appending(path: "evaluation-\(UUID().uuidString)")
        defer { try? manager.removeItem(at: changed) }
        try manager.copyItem(at: URL(filePath: Repository.path(Self.folder)), to: changed)
        let source = try String(contentsOf: changed.appending(path: file), encoding: .utf8)
        try #require(source.contains(original), "\(file) does not contain \(original)")
        try Data(source.replacing(original, with: mistaken).utf8).write(to: changed.appending(path: file))
        let (status, output) = try run([changed.appending(path: "tests.py").path(percentEncoded: false)])
        #expect(status != 0, "\(output)")
    }

    private func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
        let pipe = Pipe()
        let process = try SpawnedProcess(
            try #require(Self.python),
            ["-B"] + arguments,
            output: .pipe(pipe),
            errors: .pipe(pipe)
        )
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        return (process.waitUntilExit(), String(decoding: output, as: UTF8.self))
    }
}
