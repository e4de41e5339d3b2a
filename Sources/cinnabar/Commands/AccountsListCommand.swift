import ArgumentParser
import Evidence

struct AccountsListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the accounts.")

    @OptionGroup(title: "Data folder") var folder: FolderOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        let document = try await folder.withAdministration(output) { try await $0.accounts() }
        Console(output).show(document) { report in
            let rows = (document["accounts"]?.arrayValue ?? []).map { account in
                ["name", "originals"].map { account[$0]?.stringValue ?? "" }
                    + [(account["authorities"]?.arrayValue ?? []).compactMap(\.stringValue).joined(separator: ", ")]
            }
            report.table(["account", "originals", "authorities"], rows)
        }
    }
}
