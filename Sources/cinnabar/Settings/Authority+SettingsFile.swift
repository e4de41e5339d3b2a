import Anchoring
import Evidence
import Notary
import OpenSSL

/// A timestamp authority as the configuration file names it, under `timestamps.authorities.<name>`.
extension NotaryConfiguration.Authority {
    private static let keys = [
        "url", "intervalSeconds", "roots", "deadlineSeconds", "selfOperated", "imprint", "policy", "nonce",
        "accuracySeconds", "clockSkewSeconds",
    ]
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
            isSelfOperated: isSelfOperated,
            demands: try Self.demands(members, key: key, path: path)
        )
    }

    private static func demands(
        _ members: [String: JSONValue],
        key: String,
        path: String
    ) throws -> TimestampDemands {
        var demands = TimestampDemands(clockSkewLimitSeconds: TimestampDemands.standardClockSkewSeconds)
        switch members["imprint"]?.stringValue ?? (members["imprint"] == nil ? "sha256" : "") {
        case "sha256": demands.algorithm = .sha256
        case "sm3": demands.algorithm = .sm3
        default: throw SettingsFile.failure(path, "\(key).imprint is neither \"sha256\" nor \"sm3\"")
        }
        if let value = members["policy"] {
            guard let policy = value.stringValue, TimestampDemands.isPolicy(policy) else {
                throw SettingsFile.failure(path, "\(key).policy is not an object identifier, numbers joined by dots")
            }
            demands.policy = policy
        }
        if let value = members["nonce"] {
            guard case .bool(let flag) = value else {
                throw SettingsFile.failure(path, "\(key).nonce is neither true nor false")
            }
            demands.usesNonce = flag
        }
        if let value = members["accuracySeconds"] {
            guard let seconds = value.integerValue, (1...86_400).contains(seconds) else {
                throw SettingsFile.failure(path, "\(key).accuracySeconds is not a whole number from 1 to 86400")
            }
            demands.accuracyLimitSeconds = Double(seconds)
        }
        if let value = members["clockSkewSeconds"] {
            guard let seconds = value.integerValue, (1...86_400).contains(seconds) else {
                throw SettingsFile.failure(path, "\(key).clockSkewSeconds is not a whole number from 1 to 86400")
            }
            demands.clockSkewLimitSeconds = Int64(seconds)
        }
        return demands
    }

    var json: JSONValue {
        var members: [String: JSONValue] = [
            "url": .string(url), "intervalSeconds": .integer(intervalSeconds), "roots": .string(rootsPath),
            "imprint": .string(demands.algorithm.rawValue), "nonce": .bool(demands.usesNonce),
            "deadlineSeconds": .integer(deadlineSeconds), "selfOperated": .bool(isSelfOperated),
        ]
        members["policy"] = demands.policy.map { .string($0) }
        members["accuracySeconds"] = demands.accuracyLimitSeconds.map { .integer(Int($0)) }
        members["clockSkewSeconds"] = demands.clockSkewLimitSeconds.map { .integer(Int($0)) }
        return .object(members)
    }
}
