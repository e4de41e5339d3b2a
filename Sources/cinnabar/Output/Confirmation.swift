import ArgumentParser

/// Asks at the terminal before what cannot be taken back.
enum Confirmation {
    /// - Parameter code: Of the error when nobody says yes.
    /// - Throws: ``CommandError``, with status `.usage` where nobody is at a terminal.
    static func ask(_ what: String, code: String) throws {
        guard Terminal.inputIsTerminal, Terminal.errorIsTerminal else {
            throw CommandError(
                code,
                "Nobody is at a terminal to confirm.",
                advice: "Give --yes if you are sure: there is no way back.",
                status: .usage
            )
        }
        Console(json: false).tell { $0.sentence(what + " Type yes to go on.") }
        guard readLine()?.lowercased() == "yes" else {
            throw CommandError(code, "Nothing was changed.", status: .doesNotHold)
        }
    }
}
