import ArgumentParser
import Bytes
import Evidence
import MerkleLog
import Notary
import Witnessing

struct WitnessInitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Make a witness's folder with a new key.",
        discussion: """
            The name stands in every cosignature: a URL without its scheme that identifies you, such as \
            witness.example.org/w1. Give the keys of the logs to witness as their trust bundles write them.

            Example:
              cinnabar witness init --folder /srv/witness --name witness.example.org/w1 --log log.example.com+1a2b3c4d+AbCd…
            """
    )

    @Option(help: ArgumentHelp("The witness's permanent name, a URL without scheme.", valueName: "name"))
    var name: String

    @Option(help: ArgumentHelp("The key of a log to witness; may be given several times.", valueName: "key"))
    var log: [String] = []

    @OptionGroup(title: "Witness") var witness: WitnessFolderOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        let key = try Witness.create(
            at: witness.folder,
            name: name,
            logs: log,
            nowSeconds: UInt64(clamping: UTCTime.now.seconds)
        )
        Console(output).show(["folder": .string(witness.folder), "witnessKey": .string(key.text)]) { report in
            report.heading("Initialized", witness.folder)
            report.field("witness key", key.text)
            report.field("logs", "\(log.count)")
            report.blank()
            report.sentence("Publish the witness key: it goes into the policies of those who rely on you.")
            report.blank()
            report.command("cinnabar witness serve --folder \(witness.folder)", purpose: "serves it")
        }
    }
}
