import Anchoring
import Evidence
import Notary

/// OpenTimestamps calendars as the configuration file names them, under `anchors.calendars.<name>`.
enum CalendarSettings: OutsiderSettings {
    static let key = "anchors.calendars"

    private static let members = [
        "urls", "minimum", "headersURL", "headersAPI", "intervalSeconds", "deadlineSeconds", "pauseSeconds",
        "selfOperated",
    ]
    /// Bitcoin finds a block in ten minutes or so, and calendars wait for a cheap one and for six after it.
    private static let standardDeadlineSeconds = 86_400
    /// More would be asked for nothing: one honest calendar is enough.
    private static let urlLimit = 16

    static func plan(name: String, _ members: [String: JSONValue], path: String) throws -> OutsiderPlan {
        let key = "\(key).\(TerminalText.printable(name))"
        if let unknown = members.keys.sorted().first(where: { !Self.members.contains($0) }) {
            throw SettingsFile.unknownKey("\(key).\(TerminalText.printable(unknown))", path)
        }
        let urls = (members["urls"]?.arrayValue ?? []).map { $0.stringValue ?? "" }
        guard (1...urlLimit).contains(urls.count), urls.allSatisfy(isURL) else {
            throw SettingsFile.failure(path, "\(key).urls is not a list of 1 to \(urlLimit) http or https URLs")
        }
        let minimum = members["minimum"] ?? 1
        guard let minimum = minimum.integerValue, (1...Int64(urls.count)).contains(Int64(minimum)) else {
            throw SettingsFile.failure(path, "\(key).minimum is not a whole number from 1 to the number of URLs")
        }
        let headers = try headers(key, members, path: path)
        let isSelfOperated = members["selfOperated"] ?? false
        guard let isSelfOperated = isSelfOperated.boolValue else {
            throw SettingsFile.failure(path, "\(key).selfOperated is neither true nor false")
        }
        let pause = try seconds("pauseSeconds", of: name, members, standard: OpenTimestamps.pauseSeconds, path: path)
        return OutsiderPlan(
            name: name,
            kind: .calendar,
            intervalSeconds: try seconds(
                "intervalSeconds",
                of: name,
                members,
                standard: standardIntervalSeconds,
                path: path
            ),
            deadlineSeconds: try seconds(
                "deadlineSeconds",
                of: name,
                members,
                standard: standardDeadlineSeconds,
                path: path
            ),
            isSelfOperated: isSelfOperated
        ) { surroundings in
            OpenTimestamps(
                name: name,
                calendars: Calendars(urls: urls, minimum: Int(minimum), exchange: surroundings.exchange),
                headers: try headers.map { try HeaderSource($0.api, url: $0.url, exchange: surroundings.exchange) },
                pauseSeconds: pause
            )
        }
    }

    private static func headers(
        _ key: String,
        _ members: [String: JSONValue],
        path: String
    ) throws -> (api: HeaderSource.API, url: String)? {
        guard let value = members["headersURL"] else {
            guard members["headersAPI"] == nil else {
                throw SettingsFile.failure(path, "\(key).headersAPI stands without \(key).headersURL")
            }
            return nil
        }
        guard let url = value.stringValue, isURL(url) else {
            throw SettingsFile.failure(path, "\(key).headersURL is not an http or https URL")
        }
        let name = members["headersAPI"] ?? .string(HeaderSource.API.esplora.rawValue)
        guard let api = name.stringValue.flatMap({ HeaderSource.API(rawValue: $0) }) else {
            throw SettingsFile.failure(path, "\(key).headersAPI is neither esplora nor node")
        }
        return (api, url)
    }

    private static func isURL(_ text: String) -> Bool { text.hasPrefix("http://") || text.hasPrefix("https://") }
}
