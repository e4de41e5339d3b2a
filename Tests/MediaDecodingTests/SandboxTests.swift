import Foundation
import MediaDecoding
import Testing

/// The program itself, run as by hand.
struct SandboxTests {
    private func run(_ arguments: String...) throws -> (text: String, status: Int32) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try PoolFixture.pool.get().executable)
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (String(decoding: data, as: UTF8.self), process.terminationStatus)
    }

    @Test func everyWayOutIsRefused() throws {
        let (text, status) = try run("--self-test")
        let attempts = text.split(separator: "\n").dropFirst()
        #expect(attempts.count == 10)
        #expect(attempts.allSatisfy { $0.contains(": refused (") }, "\(text)")
        #expect(status == 0)
    }

    @Test func helpAndVersionSayWhatItIs() throws {
        #expect(try run("--help").text.hasPrefix("cinnabar-decoder: turns untrusted"))
        #expect(try run().text == run("--help").text)
        #expect(try run("--version").text.contains("libvips 8."))
    }

    @Test(arguments: [["--nonsense"], ["media"], ["media", "many"], ["archive", "-1"]])
    func wrongArgumentsAreRefused(arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try PoolFixture.pool.get().executable)
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 64)
    }

    /// Descriptor 3 is no shared memory then, and nothing is answered.
    @Test func theServiceDoesNotRunByHand() throws {
        let (text, status) = try run("media", "1073741824")
        #expect(text.isEmpty && status == 1)
    }
}
