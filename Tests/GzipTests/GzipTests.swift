import Foundation
import Gzip
import Testing

@Suite struct GzipTests {
    /// Judged by the system's own gzip.
    @Test(arguments: [0, 1, 171, 44_288, 1 << 20])
    func theSystemsGzipUnpacksIt(count: Int) throws {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 7) }
        let compressed = try #require(Gzip.compressed(bytes))
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).gz")
        try Data(compressed).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: "/bin/gzip")
        process.arguments = ["-dc", file.path]
        process.standardOutput = output
        try process.run()
        let unpacked = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0 && Array(unpacked) == bytes)
    }

    @Test func textShrinks() throws {
        let text = Array(String(repeating: "0123456789abcdef", count: 1000).utf8)
        #expect(try #require(Gzip.compressed(text)).count < text.count / 10)
    }
}
