import Foundation
import Testing

/// `tools/evaluate` judges Cinnabar; its judging is tested by its own tests, with Python alone.
@Suite(.enabled(if: EvaluationTool.python != nil, "needs Python, to run the evaluation's tests: apt install python3"))
struct EvaluationToolTests {
    @Test func `what is right and wrong is judged as its tests say`() throws {
        let (status, output) = try EvaluationTool.test(in: EvaluationTool.folder)
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
        try manager.copyItem(at: URL(filePath: EvaluationTool.folder), to: changed)
        let source = try String(contentsOf: changed.appending(path: file), encoding: .utf8)
        try #require(source.contains(original), "\(file) does not contain \(original)")
        try Data(source.replacing(original, with: mistaken).utf8).write(to: changed.appending(path: file))
        let (status, output) = try EvaluationTool.test(in: changed.path(percentEncoded: false))
        #expect(status != 0, "\(output)")
    }
}
