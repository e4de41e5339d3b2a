import ArgumentParser
import Evidence

struct AccountsChangeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "change",
        abstract: "Change which timestamp authorities an account demands.",
        discussion: """
            Its registrations then count as timestamped once each of these has stamped a tree that holds them, and \
            evidence files bring their tokens. None takes any authority.

            Example:
              cinnabar accounts change --name shop --authorities example,other
              cinnabar accounts change --name shop --authorities ''
            """
    )

    @Option(help: ArgumentHelp("The account's name.", valueName: "name")) var name: String

    @Option(help: ArgumentHelp("Names of timestamps.authorities, parted by commas.", valueName: "names"))
    var authorities: String

    @OptionGroup(title: "Data folder") var folder: FolderOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        let names = Self.names(authorities)
        let document = try await folder.withAdministration(output) {
            try await $0.demandAuthorities(names, ofAccount: name)
        }
        Console(output).show(document) { report in
            report.heading("Account changed", name)
            report.field("authorities", names.isEmpty ? "any" : names.joined(separator: ", "))
        }
    }

    static func names(_ text: String) -> [String] {
        text.split(separator: ",").map { $0.trimming { $0 == " " } }.filter { !$0.isEmpty }
    }
}

extension Substring {
    fileprivate func trimming(_ isCut: (Character) -> Bool) -> String {
        var text = drop(while: isCut)
        while let last = text.last, isCut(last) { text.removeLast() }
        return String(text)
    }
}
