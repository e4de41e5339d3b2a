/// How a piece of text stands out on a terminal. Nothing is said by colour alone.
enum Style: String, Sendable {
    case plain = ""
    case bold = "1"
    case dim = "2"
    case green = "32"
    case yellow = "33"
    case red = "31"

    /// `text` between ANSI control sequences (ECMA-48 SGR), or as it is.
    func applied(to text: String, colours: Bool) -> String {
        guard colours, self != .plain, !text.isEmpty else { return text }
        return "\u{1B}[\(rawValue)m\(text)\u{1B}[0m"
    }
}
