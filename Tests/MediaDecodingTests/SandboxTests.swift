import Foundation
import MediaDecoding
import Spawning
import Testing

/// The program itself, run as by hand.
struct SandboxTests {
    private func run(_ arguments: String...) throws -> (text: String, status: Int32) {
        let output = Pipe()
        let process = try SpawnedProcess(PoolFixture.pool.get().executable, arguments, output: .pipe(output))
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        return (String(decoding: data, as: UTF8.self), process.waitUntilExit())
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
        #expect(try SpawnedProcess(PoolFixture.pool.get().executable, arguments).waitUntilExit() == 64)
    }

    /// Descriptor 3 is no shared memory then, and nothing is answered.
    @Test func theServiceDoesNotRunByHand() throws {
        let (text, status) = try run("media", "1073741824")
        #expect(text.isEmpty && status == 1)
    }
}
