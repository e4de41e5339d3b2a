import ArgumentParser
import Evidence
import Notary

struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "Show the configuration in force.",
        discussion: """
            Flags win over the environment, that over the file, and that over what is standard. Config/README.md \
            explains every key.
            """
    )

    @OptionGroup(title: "Data folder") var folder: FolderOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() throws {
        let settings = try folder.settings()
        let keys = Setting.allCases.map { setting in
            let value = settings[text: setting].map(JSONValue.string) ?? .null
            let members: JSONValue = [
                "key": .string(setting.rawValue), "environment": .string(setting.environmentVariable), "value": value,
                "standard": setting.standard.map(JSONValue.string) ?? .null, "meaning": .string(setting.meaning),
            ]
            return members
        }
        let authorities = Dictionary(uniqueKeysWithValues: settings.authorities.map { ($0.name, $0.json) })
        let outsiders = Dictionary(settings.outsiders.map { ($0.name, Self.json($0)) }) { first, _ in first }
        let document: JSONValue = [
            "keys": .array(keys), "authorities": .object(authorities), "outsiders": .object(outsiders),
        ]
        Console(output).show(document) { report in
            report.heading("Configuration")
            report.table(
                ["key", "value", "meaning"],
                Setting.allCases.map { [$0.rawValue, settings[text: $0] ?? "-", $0.meaning] }
            )
            report.blank()
            for authority in settings.authorities {
                report.field(authority.name, "\(authority.url) every \(authority.intervalSeconds) s")
            }
            for plan in settings.outsiders {
                report.field(plan.name, "\(plan.kind.rawValue) every \(plan.intervalSeconds) s")
            }
            if settings.authorities.isEmpty {
                report.sentence("No outside timestamp authority: only our own timestamps, which prove order.")
            }
        }
    }

    private static func json(_ plan: OutsiderPlan) -> JSONValue {
        [
            "kind": .string(plan.kind.rawValue), "intervalSeconds": .integer(plan.intervalSeconds),
            "deadlineSeconds": .integer(plan.deadlineSeconds), "selfOperated": .bool(plan.isSelfOperated),
        ]
    }
}
