import Foundation
import MediaDecoding
import Testing

struct ChildProcessTests {
    /// The kernel counts the thread that starts a child as its parent, and children end with their parent.
    @Test func aChildOutlivesTheThreadThatAskedForIt() async throws {
        let executable = try PoolFixture.pool.get().executable
        var ends: [Int32] = [-1, -1]
        // The array has room for both.
        try #require(unsafe socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
        let (near, far) = (FileHandle(fileDescriptor: ends[0]), FileHandle(fileDescriptor: ends[1]))
        let memory = FileManager.default.temporaryDirectory.appending(path: "cinnabar-\(UUID().uuidString)")
        try Data().write(to: memory)
        defer { try? FileManager.default.removeItem(at: memory) }
        let shared = try FileHandle(forUpdating: memory)

        let (started, thread) = try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(
                    with: Result {
                        let child = try ChildProcess(
                            executable,
                            mode: "media",
                            limitBytes: 1 << 30,
                            input: far.fileDescriptor,
                            output: nil,
                            shared: shared.fileDescriptor
                        )
                        // Its greeting: it has asked for its end.
                        _ = try near.read(upToCount: 1)
                        return (child, try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/thread-self"))
                    }
                )
            }
        }
        while FileManager.default.fileExists(atPath: "/proc/\(thread)") {
            try await Task.sleep(for: .milliseconds(10))
        }
        let state = try String(contentsOfFile: "/proc/\(started.processID)/stat", encoding: .utf8)
        #expect(!state.contains(") Z "))
    }
}
