import Foundation

extension FolderOptions {
    /// The configuration in force for a command with these options.
    ///
    /// - Parameter flags: Keys that options of the command itself set; they win over `--set`.
    func settings(flags: [Setting: String] = [:]) throws -> Settings {
        var values: [Setting: String] = [:]
        for assignment in set {
            let parts = assignment.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(
                String.init
            )
            guard parts.count == 2, let setting = Setting(rawValue: parts[0]) else {
                throw CommandError(
                    "configuration.unknownKey",
                    "--set \(TerminalText.printable(assignment)) names no key of the configuration.",
                    advice: "`cinnabar config` lists the keys; write one as key=value.",
                    status: .usage
                )
            }
            values[setting] = parts[1]
        }
        values[.data] = data ?? values[.data]
        values.merge(flags) { _, flag in flag }
        let environment = ProcessInfo.processInfo.environment
        return try Settings(flags: values, environment: environment, path: config ?? environment["CINNABAR_CONFIG"])
    }
}
