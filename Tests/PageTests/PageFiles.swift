import Foundation
import Spawning

/// Where the page's files, its script tests and node lie.
enum PageFiles {
    private static let tests = URL(filePath: #filePath).deletingLastPathComponent()

    static let resources = tests.deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Sources/Server/Resources")
    static let vectors = tests.appending(path: "Vectors")
    static let script = tests.appending(path: "Scripts/check-digests.mjs")

    /// The files of the page, without the API's description that lies beside them.
    static let names = [
        "digest-worker.js", "digests.js", "index.html", "page.css", "page.js", "results.js", "seal.svg", "words.js",
    ]

    static func text(of name: String) throws -> String {
        try String(contentsOf: resources.appending(path: name), encoding: .utf8)
    }

    /// The first program named `node` on the search path, if there is one.
    static let node: URL? = (ProcessInfo.processInfo.environment["PATH"] ?? "")
        .split(separator: ":")
        .map { URL(filePath: String($0)).appending(path: "node") }
        .first { FileManager.default.isExecutableFile(atPath: $0.path(percentEncoded: false)) }

    /// Runs one case of the script.
    ///
    /// - Returns: How node ended, and everything it printed.
    static func run(_ name: String, digests: URL) throws -> (status: Int32, output: String) {
        let pipe = Pipe()
        let process = try SpawnedProcess(
            node?.path(percentEncoded: false) ?? "node",
            [script, digests, vectors].map { $0.path(percentEncoded: false) } + [name],
            output: .pipe(pipe),
            errors: .pipe(pipe)
        )
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        return (process.waitUntilExit(), String(decoding: output, as: UTF8.self))
    }
}
