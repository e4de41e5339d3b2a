import Foundation

/// A folder that lives as long as a test.
final class TestFolder: Sendable {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("cinnabar-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// Writes a file, with the folders above it, and returns its path relative to this folder.
    @discardableResult
    func write(_ bytes: [UInt8], to path: String) throws -> String {
        let file = url.appendingPathComponent(path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try Data(bytes).write(to: file)
        return path
    }

    @discardableResult
    func write(_ text: String, to path: String) throws -> String { try write(Array(text.utf8), to: path) }

    func bytes(of path: String) throws -> [UInt8] { Array(try Data(contentsOf: url.appendingPathComponent(path))) }

    func path(_ path: String) -> String { url.appendingPathComponent(path).path }
}
