import ArgumentParser
import Logging

/// How a command speaks.
struct OutputOptions: ParsableArguments {
    @Flag(
        help: """
            Write JSON only to standard output: one document, or one per line from import; on failure \
            {"error": {"code", "message"}}.
            """
    )
    var json = false

    @Flag(help: "Show progress even where standard error is no terminal.")
    var progress = false

    @Flag(name: [.short, .long], help: "Log more to standard error; twice for everything.")
    var verbose: Int

    /// - Parameter quiet: The level of a command that was not asked to say more.
    func logLevel(quiet: Logger.Level = .error) -> Logger.Level {
        switch verbose {
        case 0: quiet
        case 1: min(quiet, .info)
        default: .debug
        }
    }
}
