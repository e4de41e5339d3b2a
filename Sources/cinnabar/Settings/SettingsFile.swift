import Evidence
import Notary

/// A configuration file, read strictly: JSON without duplicate keys, and no key that this version does not know.
struct SettingsFile {
    /// Where the authorities stand: an object whose keys are their names.
    static let authoritiesKey = "timestamps.authorities"

    private(set) var values: [Setting: JSONValue] = [:]
    private(set) var authorities: [NotaryConfiguration.Authority] = []
    private(set) var outsiders: [OutsiderPlan] = []
    private(set) var ledgers: [LedgerSettings] = []
    /// The file's name, for messages.
    let path: String

    /// Far above any configuration.
    private static let limitBytes = 1 << 20

    init(path: String) throws {
        self.path = path
        let bytes = try InputFile.contents(of: path, limitBytes: Self.limitBytes)
        let document: JSONValue
        do throws(JSONError) {
            document = try JSONValue(parsing: bytes)
        } catch {
            throw Self.failure(path, "\(error.message), at byte \(error.offsetBytes)")
        }
        guard let members = document.objectValue else { throw Self.failure(path, "it holds no JSON object") }
        try read(members, under: "")
    }

    private mutating func read(_ members: [String: JSONValue], under prefix: String) throws {
        for (name, value) in members.sorted(by: { $0.key < $1.key }) {
            let key = prefix + name
            if key == Self.authoritiesKey {
                authorities = try NotaryConfiguration.Authority.list(value, path: path)
            } else if let kind = OutsiderKinds.kind(at: key) {
                outsiders += try kind.list(value, path: path)
                if key == LedgerSettings.key {
                    ledgers = try (value.objectValue ?? [:]).sorted { $0.key < $1.key }.map { name, value in
                        try LedgerSettings(name: name, value.objectValue ?? [:], path: path)
                    }
                }
            } else if let setting = Setting(rawValue: key) {
                values[setting] = value
            } else if let section = value.objectValue, Self.isSection(key) {
                try read(section, under: key + ".")
            } else {
                throw Self.unknownKey(key, path)
            }
        }
    }

    private static func isSection(_ key: String) -> Bool {
        (Setting.allCases.map(\.rawValue) + OutsiderKinds.all.map { $0.key }).contains { $0.hasPrefix(key + ".") }
    }

    static func unknownKey(_ key: String, _ path: String) -> CommandError {
        CommandError(
            "configuration.unknownKey",
            "The configuration file \(path) has a key that Cinnabar does not know: \(TerminalText.printable(key)).",
            advice: "`cinnabar config` lists the keys; Config/README.md explains them.",
            status: .usage
        )
    }

    static func failure(_ path: String, _ reason: String) -> CommandError {
        CommandError(
            "configuration.invalid",
            "The configuration file \(path) cannot be used: \(reason).",
            advice: "`cinnabar config` lists the keys; Config/README.md explains them.",
            status: .usage
        )
    }
}
