import Evidence
import Notary

/// A timestamp authority as the configuration file names it, under `timestamps.authorities.<name>`.
extension NotaryConfiguration.Authority {
    private static let keys = ["url", "intervalSeconds", "roots", "deadlineSeconds", "selfOperated"]
    private static let standardIntervalSeconds = 60
    private static let standardDeadlineSeconds = 3600

    static func list(_ value: JSONValue, path: String) throws -> [Self] {
        guard let members = value.objectValue else {
            throw SettingsFile.failure(path, "\(SettingsFile.authoritiesKey) is not an object of authorities by name")
        }
        return try members.sorted { $0.key < $1.key }.map { name, value in
            try Self(name: name, value, path: path)
        }
    }

    private init(name: String, _ value: JSONValue, path: String) throws {
        let key = SettingsFile.authoritiesKey + "." + TerminalText.printable(name)
        guard let members = value.objectValue else { throw SettingsFile.failure(path, "\(key) is not an object") }
        if let unknown = members.keys.sorted().first(where: { !Self.keys.contains($0) }) {
            throw SettingsFile.unknownKey("\(key).\(unknown)", path)
        }
        guard let url = members["url"]?.stringValue, url.hasPrefix("http://") || url.hasPrefix("https://") else {
            throw SettingsFile.failure(path, "\(key).url is not an http or https URL")
        }
        let interval = members["intervalSeconds"] ?? .integer(Self.standardIntervalSeconds)
        guard let seconds = interval.integerValue, (1...86_400).contains(seconds) else {
            throw SettingsFile.failure(path, "\(key).intervalSeconds is not a whole number from 1 to 86400")
        }
        guard let roots = members["roots"]?.stringValue else {
            throw SettingsFile.failure(path, "\(key).roots does not name a PEM file of root certificates")
        }
        let deadline = members["deadlineSeconds"] ?? .integer(Self.standardDeadlineSeconds)
        guard let deadlineSeconds = deadline.integerValue, (1...31_536_000).contains(deadlineSeconds) else {
            throw SettingsFile.failure(path, "\(key).deadlineSeconds is not a whole number from 1 to 31536000")
        }
        guard let isSelfOperated = (members["selfOperated"] ?? false).boolValue else {
            throw SettingsFile.failure(path, "\(key).selfOperated is not true or false")
        }
        self.init(
            name: name,
            url: url,
            intervalSeconds: Int(seconds),
            rootsPath: roots,
            deadlineSeconds: Int(deadlineSeconds),
            isSelfOperated: isSelfOperated
        )
    }

    var json: JSONValue {
        [
            "url": .string(url), "intervalSeconds": .integer(intervalSeconds), "roots": .string(rootsPath),
            "deadlineSeconds": .integer(deadlineSeconds), "selfOperated": .bool(isSelfOperated),
        ]
    }
}
