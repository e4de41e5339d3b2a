import Foundation
import Gzip
import Spawning
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
        let output = Pipe()
        let process = try SpawnedProcess("/bin/gzip", ["-dc", file.path], output: .pipe(output))
        let unpacked = try output.fileHandleForReading.readToEnd() ?? Data()
        #expect(process.waitUntilExit() == 0 && Array(unpacked) == bytes)
    }

    @Test func textShrinks() throws {
        let text = Array(String(repeating: "0123456789abcdef", count: 1000).utf8)
        #expect(try #require(Gzip.compressed(text)).count < text.count / 10)
    }
}
