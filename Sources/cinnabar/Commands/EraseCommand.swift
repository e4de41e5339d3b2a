import ArgumentParser
import Bytes
import Evidence

struct EraseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase",
        abstract: "Erase registrations for ever.",
        discussion: """
            The record, the kept file, its key and everything by which it is found go. What stays is its entry in the \
            log, two digests that say nothing, and a signed receipt with the time and the reason, which are public. \
            Evidence files that were handed out stay good. A folder of store copies loses the record's key at the next \
            `cinnabar store copy`. Works on the data folder, also while `cinnabar serve` holds it, for every account. \
            Asks first; without a terminal, --yes is needed.

            Example:
              cinnabar erase 4f8a…c2 --reason "Asked for by the person in the picture."
            """
    )

    @Argument(help: ArgumentHelp("The ids of the registrations, 64 hexadecimal digits each.", valueName: "id"))
    var ids: [Identifier]

    @Option(help: ArgumentHelp("Why, in one line; it is public.", valueName: "text")) var reason: String
    @Flag(help: "Do not ask.") var yes = false

    @OptionGroup(title: "Data folder") var folder: FolderOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        if !yes {
            let what = Wording.count(ids.count, "registration", "registrations")
            try Confirmation.ask("This erases \(what) for ever.", code: "erase.unconfirmed")
        }
        let console = Console(output)
        let (erased, isPurged) = try await folder.withAdministration(output) { administration in
            var erased: [JSONValue] = []
            for id in ids { erased.append(try await administration.erase(id.digest, reason: reason)) }
            return (erased, try await administration.purgeErased())
        }
        console.show(["erased": .array(erased), "purged": .bool(isPurged)]) { report in
            for entry in erased {
                report.heading("Erased", entry["id"]?.stringValue ?? "")
                report.field("at", Wording.time(entry["erased"]?["time"]?.stringValue ?? ""))
                report.field("reason", entry["erased"]?["reason"]?.stringValue ?? "")
                report.sentence("The receipt:")
                report.verbatim(entry["erased"]?["receipt"]?.stringValue ?? "")
            }
            if !isPurged {
                report.sentence(
                    "The destroyed keys' bytes still lie in files that a running reader holds. `cinnabar serve` takes "
                        + "them away within minutes; without it, run the same command again."
                )
            }
        }
    }
}
