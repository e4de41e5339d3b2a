import ArgumentParser
import Evidence
import Foundation

/// Runs the command that the arguments name and turns how it ended into an exit status.
@main
enum Main {
    static func main() async {
        // A pipe whose reader went away is an error to handle, for sockets and children too, not the end of the
        // process.
        _ = signal(SIGPIPE, SIG_IGN)
        exit(await run(Array(CommandLine.arguments.dropFirst())))
    }

    private static func run(_ arguments: [String]) async -> Int32 {
        do {
            var command = try CinnabarCommand.parseAsRoot(arguments)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            return ExitStatus.fine.rawValue
        } catch {
            return report(error, json: arguments.prefix { $0 != "--" }.contains("--json"))
        }
    }

    private static func report(_ error: any Error, json: Bool) -> Int32 {
        if let status = error as? ExitStatus { return status.rawValue }
        switch CinnabarCommand.exitCode(for: error) {
        case .success:
            print(CinnabarCommand.fullMessage(for: error))
            return ExitStatus.fine.rawValue
        case .validationFailure:
            let message = CinnabarCommand.message(for: error)
            show(
                CommandError("usage", message, status: .usage),
                text: CinnabarCommand.fullMessage(for: error),
                json: json
            )
            return ExitStatus.usage.rawValue
        default:
            let error = CommandError(error)
            show(error, text: nil, json: json)
            return error.status.rawValue
        }
    }

    private static func show(_ error: CommandError, text: String?, json: Bool) {
        let console = Console(json: json)
        console.tell { report in
            if let text { report.verbatim(unindented: text) } else { report.error(error) }
        }
        if json { console.show(error.json) { _ in } }
    }
}
