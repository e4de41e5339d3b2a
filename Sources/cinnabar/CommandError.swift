import Bytes

/// Why a command stopped: a code for scripts, one sentence for a person, and what to do next.
struct CommandError: Error, Equatable, CustomStringConvertible {
    /// Stable, such as `file.notFound`; the codes of the API's problem documents are used as they are.
    let code: String
    let message: String
    let advice: String?
    let status: ExitStatus

    init(_ code: String, _ message: String, advice: String? = nil, status: ExitStatus) {
        self.code = code
        self.message = message
        self.advice = advice
        self.status = status
    }

    static func == (left: Self, right: Self) -> Bool { left.code == right.code }
    var description: String { "CommandError.\(code): \(message)" }
}

extension CommandError {
    static func unknownRegistration(_ id: Digest256) -> CommandError {
        CommandError(
            "registration.unknown",
            "There is no registration \(id.hex) here.",
            advice: "Check the id, the data folder and the account.",
            status: .doesNotHold
        )
    }
}
