import Archives
import Foundation
import Spawning
import Testing

/// Children that a hostile archive took over, and children without a parent.
struct HostileChildTests {
    /// How a stream ends that such a child serves.
    private func failure(_ child: String, _ limits: ArchiveLimits = ArchiveLimits()) async -> ArchiveError.Code? {
        let program = Bundle.module.bundleURL.appending(path: "Vectors/children/\(child)")
        do throws(ArchiveError) {
            let stream = MemberStream(
                MemberFixture.zip("good.zip"),
                executable: program.path(percentEncoded: false),
                limits: limits
            )
            for try await _ in stream {}
            return nil
        } catch {
            return error.code
        }
    }

    @Test func aSecondGreetingIsRefused() async {
        #expect(await failure("greets.sh") == .decoderDied)
    }

    @Test func theDeadlineHoldsWhileBytesCome() async {
        #expect(await failure("drips.sh", ArchiveLimits(seconds: 1)) == .timedOut)
    }

    /// The child waits for somebody to read its output, which nobody does: it would wait for ever.
    @Test func aChildEndsWithItsParent() async throws {
        let decoder = Bundle.module.bundleURL.deletingLastPathComponent().appending(path: "cinnabar-decoder")
        let script = #""$0" archive 67108864 <"$1" & echo $! >&2; wait"#
        let (output, number) = (Pipe(), Pipe())
        let shell = try SpawnedProcess(
            "/bin/sh",
            ["-c", script, decoder.path(percentEncoded: false), MemberFixture.zip("bomb.zip")],
            output: .pipe(output),
            errors: .pipe(number)
        )
        // Its greeting: from here on it depends on the shell.
        #expect(try output.fileHandleForReading.read(upToCount: 24)?.count == 24)
        let child = try #require(
            String(decoding: number.fileHandleForReading.availableData, as: UTF8.self).split(separator: "\n").first
        )
        #expect(isRunning(child))
        shell.kill()
        shell.waitUntilExit()
        while isRunning(child) { try await Task.sleep(for: .milliseconds(10)) }
    }

    /// Whether there is such a process, and not just its exit status.
    private func isRunning(_ process: Substring) -> Bool {
        guard let state = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else { return false }
        return !state.contains(") Z ")
    }
}
