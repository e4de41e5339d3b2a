import Evidence
import Notary

/// A kind of outsider in the configuration file: an object whose keys are the outsiders' names.
protocol OutsiderSettings: SendableMetatype {
    /// Where the object stands: `anchors.ledgers`.
    static var key: String { get }

    /// - Parameters:
    ///   - members: What stands under the name. Keys that are not known are errors (``SettingsFile/unknownKey(_:_:)``).
    ///   - path: The file's name, for messages.
    static func plan(name: String, _ members: [String: JSONValue], path: String) throws -> OutsiderPlan
}

/// Every kind that the configuration file may hold, beside the authorities. A new one is one line here.
enum OutsiderKinds {
    static let all: [any OutsiderSettings.Type] = [CalendarSettings.self, LedgerSettings.self, FabricSettings.self]

    static func kind(at key: String) -> (any OutsiderSettings.Type)? { all.first { $0.key == key } }
}

extension OutsiderSettings {
    /// One checkpoint in ten minutes is 144 a day, which a chain that charges for each bears.
    static var standardIntervalSeconds: Int { 600 }

    static func list(_ value: JSONValue, path: String) throws -> [OutsiderPlan] {
        guard let members = value.objectValue else {
            throw SettingsFile.failure(path, "\(key) is not an object of outsiders by name")
        }
        return try members.sorted { $0.key < $1.key }.map { name, value in
            guard let members = value.objectValue else {
                throw SettingsFile.failure(path, "\(key).\(TerminalText.printable(name)) is not an object")
            }
            return try plan(name: name, members, path: path)
        }
    }

    /// A whole number of seconds under a name, or what is standard.
    static func seconds(
        _ member: String,
        of name: String,
        _ members: [String: JSONValue],
        standard: Int,
        path: String
    ) throws -> Int {
        guard let value = members[member] else { return standard }
        // A year: further ahead nobody plans.
        guard let seconds = value.integerValue, (1...31_536_000).contains(seconds) else {
            throw SettingsFile.failure(
                path,
                "\(key).\(TerminalText.printable(name)).\(member) is not a whole number from 1 to 31536000"
            )
        }
        return Int(seconds)
    }
}
