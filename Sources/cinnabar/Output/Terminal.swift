import Foundation

/// What is known of the standard streams of this process.
enum Terminal {
    /// Wider than this, sentences are hard to read.
    static let widthLimit = 120

    static let inputIsTerminal = isatty(STDIN_FILENO) == 1
    static let outputIsTerminal = isatty(STDOUT_FILENO) == 1
    static let errorIsTerminal = isatty(STDERR_FILENO) == 1

    /// Colours are for terminals, and not for those who set `NO_COLOR` (https://no-color.org) or a dumb one.
    static func wantsColours(isTerminal: Bool) -> Bool {
        let environment = ProcessInfo.processInfo.environment
        return isTerminal && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
    }

    /// Columns of the terminal behind standard output, else of standard error; 80 when neither is one.
    static var width: Int {
        for descriptor in [STDOUT_FILENO, STDERR_FILENO] {
            var size = winsize()
            // Safe: the call fills the structure that it is given, whose size the request implies.
            if unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 {
                return min(Int(size.ws_col), widthLimit)
            }
        }
        return 80
    }
}
