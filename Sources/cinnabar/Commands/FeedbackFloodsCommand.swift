import ArgumentParser
import Evidence

struct FeedbackFloodsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "floods",
        abstract: "List fingerprints that searches set aside, since they resemble too many different pictures.",
        discussion: "Works on the data folder, also while `cinnabar serve` holds it."
    )

    @OptionGroup(title: "Data folder") var folder: FolderOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        let document = try await folder.withAdministration(output) { try await $0.floods() }
        let floods = document["floods"]?.arrayValue ?? []
        Console(output).show(document) { report in
            guard !floods.isEmpty else { return report.sentence("No fingerprint was set aside.") }
            report.table(
                ["searches", "pictures", "last", "fingerprint"],
                floods.map { flood in
                    [
                        Wording.count(flood["searches"]?.integerValue ?? 0),
                        Wording.count(flood["pictures"]?.integerValue ?? 0),
                        Wording.time(flood["last"]?.stringValue ?? "", toSeconds: true),
                        flood["fingerprint"]?.stringValue ?? "",
                    ]
                }
            )
        }
    }
}
