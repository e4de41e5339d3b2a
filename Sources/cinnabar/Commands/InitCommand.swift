import ArgumentParser
import Evidence
import MerkleLog
import Notary

struct InitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Make a data folder: keys, an empty log, the first account.",
        discussion: """
            The origin names your log for ever, in every checkpoint and proof: a URL without its scheme, on a host \
            that you control, such as log.example.com or example.com/notary.

            Example:
              cinnabar init --origin log.example.com --data /srv/cinnabar
            """
    )

    @Option(help: ArgumentHelp("The log's permanent name, a URL without scheme.", valueName: "origin"))
    var origin: String

    @Option(
        help: ArgumentHelp(
            "Logs to spread registrations over, under one top log. One is right for one machine; fixed for ever.",
            valueName: "n"
        )
    )
    var lanes = 1

    @Option(
        help: ArgumentHelp(
            "The last checkpoint of the log that this one goes on for; the first entry will name it.",
            valueName: "file"
        )
    )
    var follows: String?

    @OptionGroup(title: "Data folder") var folder: FolderOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        let configuration = try NotaryConfiguration(folder.settings())
        let predecessor = try follows.map { try InputFile.contents(of: $0, limitBytes: SignedNote.maximumByteCount) }
        let trust = try Notary.initialize(configuration, origin: origin, laneCount: lanes, follows: predecessor)
        Console(output).show(["data": .string(configuration.dataFolder), "trust": trust.json]) { report in
            report.heading("Initialized", configuration.dataFolder)
            report.field("origin", origin + ", permanent")
            for (number, key) in trust.logKeys.enumerated() {
                report.field(number == 0 ? "log key" : "lane \(number - 1)", key.text)
            }
            report.blank()
            report.sentence(
                "Publish the log key where others can find it without you: it is what they check your log's signatures "
                    + "with. Keep the data folder's keys apart from its copies."
            )
            report.blank()
            report.command(
                "cinnabar register\(folder.flags) photo.jpg",
                purpose: "registers a file, without any server"
            )
            report.command("cinnabar serve\(folder.flags)", purpose: "serves the API, the log and a page to verify on")
        }
    }
}
