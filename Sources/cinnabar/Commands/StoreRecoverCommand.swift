import ArgumentParser
import Evidence
import Notary

struct StoreRecoverCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recover",
        abstract: "Recover a store whose write-ahead log is damaged, if nothing acknowledged is lost.",
        discussion: """
            For a store that refuses to open because its write-ahead log is damaged. Takes everything up to the damage \
            and drops the rest, but only if what is left holds the last checkpoint that the guard file has seen: then \
            every registration that anyone was answered is kept. Without --yes it only tells what would be kept and \
            dropped. With --yes the damaged store is kept beside the recovered one. Run `cinnabar log audit` after it.

            Example:
              cinnabar store recover --data /srv/cinnabar
              cinnabar store recover --data /srv/cinnabar --yes
            """
    )

    @Flag(help: "Put the recovered store in place of the damaged one.") var yes = false

    @OptionGroup(title: "Data folder") var folder: FolderOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        let report = try Notary.recoverStore(NotaryConfiguration(folder.settings()), applies: yes)
        Console(output).show(report.json) { text in
            text.heading(report.damagedFolder == nil ? "Recoverable" : "Recovered", "up to the damage")
            for log in report.logs {
                text.field("log", log.origin)
                let kept = Wording.count(Int(log.kept), "entry", "entries")
                text.field("kept", kept + ", all that the guard has seen among them")
                if log.dropped > 0 {
                    let dropped = Wording.count(Int(log.dropped), "entry", "entries")
                    text.field("dropped", dropped + " that nobody was answered for")
                }
            }
            if report.dropped.isEmpty { text.sentence("Nothing else that still reads is dropped.", indent: 2) }
            for line in report.dropped { text.sentence("- dropped: " + line, indent: 2) }
            text.sentence(
                "What stood in the damaged block itself, up to 32 KiB, does not read and is not listed.",
                indent: 2
            )
            text.blank()
            if let damaged = report.damagedFolder {
                text.field("kept as is", damaged)
                text.command("cinnabar log audit\(folder.flags)", purpose: "walks the recovered log")
            } else {
                text.command(
                    "cinnabar store recover\(folder.flags) --yes",
                    purpose: "does it; the damaged store is kept"
                )
            }
        }
    }
}
