import ArgumentParser

struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check an evidence file, offline.",
        usage: "cinnabar verify <evidence> [--file <file>] [--trust <file>] [--json]",
        discussion: """
            Runs cinnabar-verify, the small program that a court runs: no database, no network. Everything after \
            `verify` is passed on to it; `cinnabar verify --help` shows its own help. Ends with 0 if every check holds \
            and with 1 if one does not.

            Example:
              cinnabar verify 3f2a….asice --file teapot.jpg
            """
    )

    @Argument(parsing: .captureForPassthrough, help: .hidden) var arguments: [String] = []

    func run() throws { try Program.become(Program.beside("cinnabar-verify"), arguments) }
}
