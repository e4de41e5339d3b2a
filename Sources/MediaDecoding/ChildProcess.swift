import CProcess
import Glibc

/// A started decoder process. It ends when its owner lets go of it.
package final class ChildProcess: Sendable {
    package let processID: Int32

    /// - Parameters:
    ///   - mode: The decoder's first argument.
    ///   - limitBytes: The limit that the mode takes as its argument.
    ///   - input: Its descriptor 0. The caller keeps and closes its own.
    ///   - output: Its descriptor 1, or `nil` for none.
    ///   - shared: Its descriptor 3, or `nil` for none.
    /// - Throws: ``MediaError`` `.decoderUnavailable`.
    package init(
        _ executable: String,
        mode: String,
        limitBytes: Int,
        input: Int32,
        output: Int32?,
        shared: Int32?
    ) throws(MediaError) {
        var processID: pid_t = 0
        // The strings and the result live as long as the call.
        let failure = unsafe cinnabar_spawn(
            executable,
            mode,
            String(limitBytes),
            input,
            output ?? -1,
            shared ?? -1,
            &processID
        )
        guard failure == 0 else {
            throw MediaError(.decoderUnavailable, "The decoder process cannot be started (errno \(failure)).")
        }
        self.processID = processID
    }

    deinit {
        // The process is not yet waited for, so its id is still its own.
        kill(processID, SIGKILL)
        while waitpid(processID, nil, 0) < 0, errno == EINTR {}
    }
}
