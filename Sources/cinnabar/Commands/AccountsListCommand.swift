import ArgumentParser
import Evidence
import EvidenceStore
import Notary

struct AccountsListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the accounts.")

    @OptionGroup(title: "Data folder") var folder: FolderOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        let accounts = try await folder.withNotary(output) { notary in
            try notary.accounts().map { account in
                (name: account.name, originals: account.originalsPolicy == .always ? "always" : "never")
            }
        }
        let document = accounts.map { account -> JSONValue in
            ["name": .string(account.name), "originals": .string(account.originals)]
        }
        Console(output).show(["accounts": .array(document)]) { report in
            report.table(["account", "originals"], accounts.map { [$0.name, $0.originals] })
        }
    }
}
