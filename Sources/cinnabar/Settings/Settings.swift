import Configuration
import Evidence
import Notary

/// The configuration in force: flags above environment above file above what is standard.
struct Settings: Sendable {
    let authorities: [NotaryConfiguration.Authority]
    /// Ledgers and calendars.
    let outsiders: [OutsiderPlan]
    let ledgers: [LedgerSettings]
    private let reader: ConfigReader

    /// - Parameters:
    ///   - flags: Keys set on the command line.
    ///   - path: The configuration file, if there is one.
    /// - Throws: ``CommandError`` with status `.usage` for a file that does not read, an unknown key, or a value of the
    ///   wrong kind, whichever source it came from.
    init(flags: [Setting: String], environment: [String: String], path: String?) throws {
        let file = try path.map { try SettingsFile(path: $0) }
        authorities = file?.authorities ?? []
        outsiders = file?.outsiders ?? []
        ledgers = file?.ledgers ?? []
        let fileValues = try (file?.values ?? [:]).map { setting, value in
            (setting, try setting.text(of: value, in: path ?? ""))
        }
        reader = ConfigReader(providers: [
            try Self.provider("flags", flags),
            EnvironmentVariablesProvider(environmentVariables: try Self.checked(environment))
                .prefixKeys(with: "cinnabar"),
            try Self.provider("file", Dictionary(uniqueKeysWithValues: fileValues)),
            try Self.provider("standard", Setting.allCases.reduce(into: [:]) { $0[$1] = $1.standard }),
        ])
    }

    subscript(text setting: Setting) -> String? { reader.string(forKey: ConfigKey(setting.rawValue)) }

    /// The number; `nil` when nobody set it and there is no standard.
    subscript(number setting: Setting) -> Int? { self[text: setting].flatMap { Int($0) } }

    subscript(flag setting: Setting) -> Bool { self[text: setting] == "true" }

    private static func provider(_ name: String, _ values: [Setting: String]) throws -> InMemoryProvider {
        InMemoryProvider(
            name: name,
            values: Dictionary(
                uniqueKeysWithValues: try values.map { setting, text in
                    try setting.check(text, source: "\(setting.rawValue) (\(name))")
                    return (AbsoluteConfigKey(ConfigKey(setting.rawValue)), ConfigValue(.string(text), isSecret: false))
                }
            )
        )
    }

    /// The environment with our keys checked and empty ones left out: `CINNABAR_X=` means unset, as in most shells.
    private static func checked(_ environment: [String: String]) throws -> [String: String] {
        var environment = environment
        for setting in Setting.allCases {
            guard let text = environment[setting.environmentVariable] else { continue }
            if text.isEmpty {
                environment[setting.environmentVariable] = nil
            } else {
                try setting.check(text, source: setting.environmentVariable)
            }
        }
        return environment
    }
}

extension Setting {
    /// - Throws: ``CommandError`` that names `source` when `text` is no value of this setting's kind.
    func check(_ text: String, source: String) throws {
        let expected: String
        switch kind {
        case .text:
            if !text.isEmpty { return }
            expected = "a text that is not empty"
        case .flag:
            if text == "true" || text == "false" { return }
            expected = "true or false"
        case .whole(let range):
            if let value = Int(text), range.contains(value) { return }
            expected = "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .oneOf(let words):
            if words.contains(text) { return }
            expected = "one of " + words.joined(separator: ", ")
        }
        throw CommandError(
            "configuration.invalid",
            "\(source) is \"\(TerminalText.printable(text))\", not \(expected).",
            advice: "`cinnabar config` lists the keys; Config/README.md explains them.",
            status: .usage
        )
    }

    /// A value of a configuration file as text, when its JSON type is this setting's.
    fileprivate func text(of value: JSONValue, in path: String) throws -> String {
        switch (kind, value) {
        case (.text, .string(let text)), (.oneOf, .string(let text)): return text
        case (.flag, .bool(let flag)): return flag ? "true" : "false"
        case (.whole, .number(let digits)): return digits
        default: throw SettingsFile.failure(path, "\(rawValue) is of the wrong type")
        }
    }
}
