import ArgumentParser
import Bytes
import Evidence
import Logging
import MerkleLog
import Notary
import Witnessing

struct WitnessServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Cosign the checkpoints of the logs in the witness's list.",
        discussion: """
            Serves C2SP tlog-witness at /add-checkpoint, its state at /healthz and /metrics. Runs until SIGTERM or \
            Ctrl-C. It speaks plain HTTP: put a TLS proxy before it to open it to others. It does not start without \
            the state of every log in its list, nor with damaged state.

            Example:
              cinnabar witness serve --folder /srv/witness --port 8090
            """
    )

    @Option(help: "Address to listen on.") var host = "127.0.0.1"
    @Option(help: "Port to listen on, 0 for a free one.") var port = 8090

    @OptionGroup(title: "Witness") var witness: WitnessFolderOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        var logger = Logger(label: "cinnabar.witness") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = output.logLevel(quiet: .warning)
        let (console, folder) = (Console(output), witness.folder)
        let witness = try Witness(
            folder: folder,
            clock: { UInt64(clamping: UTCTime.now.seconds) },
            logger: logger
        )
        let application = makeWitnessApplication(witness, host: host, port: port, logger: logger) { url in
            let logs = witness.status.map { JSONValue.string($0.origin) }
            let document: JSONValue = [
                "url": .string(url), "witnessKey": .string(witness.key.text), "logs": .array(logs),
            ]
            console.show(document) { report in
                report.heading("Witnessing", url)
                report.field("witness key", witness.key.text)
                for log in witness.status { report.field("log", "\(log.origin), cosigned up to \(log.size)") }
                report.sentence("Ctrl-C stops it.", style: .dim)
            }
        }
        try await ServiceRunner(services: [application], logger: logger).run()
    }
}
