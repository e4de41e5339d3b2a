/// A header's value with parameters, `multipart/form-data; boundary="x"`.
///
/// Source: RFC 9110, sections 5.6.2, 5.6.4 and 5.6.6.
struct HeaderValue: Sendable, Equatable {
    /// Lower case.
    var value: String
    /// Names in lower case, values as they were, quotes and escapes taken away.
    var parameters: [String: String] = [:]

    /// - Returns: `nil` for text that does not follow the grammar, and when a parameter stands twice.
    init?(parsing text: some StringProtocol) {
        var rest = Substring(text)
        Self.skipSpace(&rest)
        value = rest.prefix { $0 != ";" && $0 != " " && $0 != "\t" }.lowercased()
        guard !value.isEmpty, value.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value < 0x7F }) else {
            return nil
        }
        rest = rest.dropFirst(value.count)
        while true {
            Self.skipSpace(&rest)
            guard !rest.isEmpty else { return }
            guard rest.removeFirst() == ";" else { return nil }
            Self.skipSpace(&rest)
            guard !rest.isEmpty else { return }
            guard let (name, value) = Self.parameter(&rest), parameters.updateValue(value, forKey: name) == nil else {
                return nil
            }
        }
    }

    /// The members of a list header such as Accept-Encoding; those that do not read are left out.
    static func list(_ text: String?) -> [HeaderValue] {
        (text ?? "").split(separator: ",").compactMap { HeaderValue(parsing: $0) }
    }

    private static func parameter(_ rest: inout Substring) -> (name: String, value: String)? {
        let name = token(&rest).lowercased()
        guard !name.isEmpty, rest.popFirst() == "=" else { return nil }
        if rest.first == "\"" {
            guard let value = quoted(&rest) else { return nil }
            return (name, value)
        }
        let value = token(&rest)
        return value.isEmpty ? nil : (name, value)
    }

    private static func token(_ rest: inout Substring) -> String {
        let token = rest.prefix { character in
            guard let value = character.asciiValue else { return false }
            return value > 0x20 && value < 0x7F && !"()<>@,;:\\\"/[]?={}".contains(character)
        }
        rest = rest.dropFirst(token.count)
        return String(token)
    }

    private static func quoted(_ rest: inout Substring) -> String? {
        rest.removeFirst()
        var value = ""
        while let character = rest.popFirst() {
            if character == "\"" { return value }
            if character == "\\" {
                guard let escaped = rest.popFirst() else { return nil }
                value.append(escaped)
            } else {
                value.append(character)
            }
        }
        return nil
    }

    private static func skipSpace(_ rest: inout Substring) {
        rest = rest.drop { $0 == " " || $0 == "\t" }
    }
}
