import ArgumentParser
import Bytes
import Evidence
import MerkleLog
import Notary
import Witnessing

struct WitnessAddCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Add a log, or a further key of a log, to a witness that is not running.",
        discussion: """
            A new log begins with nothing cosigned. A log that has changed its key keeps its state: its new key is good \
            beside the old one. Start the witness again afterwards.

            Example:
              cinnabar witness add --folder /srv/witness log.example.com+1a2b3c4d+AbCd…
            """
    )

    @Argument(help: ArgumentHelp("The log's key, name+hash+base64.", valueName: "key"))
    var log: String

    @OptionGroup(title: "Witness") var witness: WitnessFolderOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        let key = try Witness.add(
            log: log,
            to: witness.folder,
            nowSeconds: UInt64(clamping: UTCTime.now.seconds)
        )
        Console(output).show(["log": .string(key.text)]) { report in
            report.heading("Added", key.name)
        }
    }
}
