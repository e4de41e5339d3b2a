import CSpawning
public import Foundation
import Glibc
import Synchronization

/// A program that a test runs, with the members of Foundation's `Process` that tests use.
///
/// Foundation's own lists `/proc/self/fd` before it starts a child, and reads past the end of its buffer when more than
/// 1,365 descriptors are open: 690 tests side by side have 2,000, and now and then the process that runs them crashed.
public final class SpawnedProcess: Sendable {
    /// Where one of the child's streams comes from or goes to.
    public enum Stream: Sendable {
        case nothing
        case inherited
        case file(FileHandle)
        /// The child's end is closed here once the child has it.
        case pipe(Pipe)
    }

    public struct NotStarted: Error, CustomStringConvertible {
        public let description: String
    }

    public let processIdentifier: Int32
    private let status = Mutex<Int32?>(nil)
    private let ended = DispatchSemaphore(value: 0)

    /// Starts it.
    ///
    /// - Parameters:
    ///   - path: The program's; it is not looked for.
    ///   - environment: All of it; `nil` for this process's.
    /// - Throws: ``NotStarted``.
    public init(
        _ path: String,
        _ arguments: [String],
        in folder: String = "/",
        environment: [String: String]? = nil,
        output: Stream = .nothing,
        errors: Stream = .nothing
    ) throws {
        let variables = (environment ?? ProcessInfo.processInfo.environment).map { "\($0.key)=\($0.value)" }
        var process: pid_t = 0
        var actions = unsafe posix_spawn_file_actions_t()
        // Threads of a concurrent runtime block signals, and children inherit that: a shell would never see SIGTERM.
        var attributes = posix_spawnattr_t()
        var noSignals = sigset_t()
        // The actions and the strings live until the call that reads them has returned.
        let failure = unsafe Self.withStrings([path] + arguments) { arguments in
            unsafe Self.withStrings(variables) { variables in
                unsafe posix_spawn_file_actions_init(&actions)
                defer { unsafe posix_spawn_file_actions_destroy(&actions) }
                unsafe posix_spawnattr_init(&attributes)
                defer { unsafe posix_spawnattr_destroy(&attributes) }
                unsafe sigemptyset(&noSignals)
                unsafe posix_spawnattr_setsigmask(&attributes, &noSignals)
                unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
                unsafe cinnabar_add_chdir(&actions, folder)
                unsafe posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
                for (stream, descriptor) in [(output, STDOUT_FILENO), (errors, STDERR_FILENO)] {
                    switch stream {
                    case .nothing:
                        unsafe posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_WRONLY, 0)
                    case .inherited: break
                    case .file(let file):
                        unsafe posix_spawn_file_actions_adddup2(&actions, file.fileDescriptor, descriptor)
                    case .pipe(let pipe):
                        unsafe posix_spawn_file_actions_adddup2(
                            &actions,
                            pipe.fileHandleForWriting.fileDescriptor,
                            descriptor
                        )
                    }
                }
                unsafe cinnabar_add_closefrom(&actions, STDERR_FILENO + 1)
                return unsafe posix_spawn(&process, path, &actions, &attributes, arguments, variables)
            }
        }
        guard failure == 0 else { throw NotStarted(description: "\(path) does not start (errno \(failure)).") }
        let child = process
        processIdentifier = child
        for case .pipe(let pipe) in [output, errors] { try? pipe.fileHandleForWriting.close() }
        Thread.detachNewThread { [self] in
            var state: Int32 = 0
            // One integer, alive as long as the call.
            while unsafe waitpid(child, &state, 0) < 0, errno == EINTR {}
            // The low seven bits are the signal that ended it; 0 when it ended by itself.
            let signal = state & 0x7F
            status.withLock { $0 = signal == 0 ? state >> 8 & 0xFF : signal }
            ended.signal()
        }
    }

    public var isRunning: Bool { status.withLock { $0 == nil } }

    /// Asks it to end, by SIGTERM.
    public func terminate() { send(SIGTERM) }

    /// Ends it between two instructions.
    public func kill() { send(SIGKILL) }

    /// Holds up the thread until it has ended.
    ///
    /// - Returns: Its exit status, or the number of the signal that ended it.
    @discardableResult
    public func waitUntilExit() -> Int32 {
        ended.wait()
        ended.signal()
        return status.withLock { $0 ?? -1 }
    }

    /// The same without holding up a thread of the cooperative pool.
    public func exit() async -> Int32 {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: self.waitUntilExit()) }
        }
    }

    /// Not after it was waited for: the number may be another's by then.
    private func send(_ signal: Int32) {
        status.withLock { if $0 == nil { _ = Glibc.kill(processIdentifier, signal) } }
    }

    private static func withStrings<Result>(
        _ strings: [String],
        _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        // Copies that are freed once the body has returned, ended by the null that the call expects.
        var pointers = unsafe strings.map { unsafe strdup($0) } + [nil]
        defer { unsafe pointers.forEach { unsafe free($0) } }
        return unsafe body(&pointers)
    }
}
