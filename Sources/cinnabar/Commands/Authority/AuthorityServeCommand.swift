import ArgumentParser
import Bytes
import Evidence
import Logging
import Notary
import OpenSSL
import Witnessing

struct AuthorityServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Give timestamps.",
        discussion: """
            Serves RFC 3161 at /tsa, its root certificate at /root.pem, and /healthz and /metrics. Runs until SIGTERM \
            or Ctrl-C. It speaks plain HTTP. Name it under timestamps.authorities of the notary's configuration, with \
            selfOperated true if you run the log, too.

            Example:
              cinnabar authority serve --folder /srv/authority --port 8091
            """
    )

    @Option(help: "Address to listen on.") var host = "127.0.0.1"
    @Option(help: "Port to listen on, 0 for a free one.") var port = 8091

    @OptionGroup(title: "Authority") var authority: AuthorityFolderOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        var logger = Logger(label: "cinnabar.authority") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = output.logLevel(quiet: .warning)
        let (console, folder) = (Console(output), authority.folder)
        let authority = try LocalAuthority(folder: folder, clock: { UTCTime.now.seconds })
        let application = makeAuthorityApplication(authority, host: host, port: port, logger: logger) { url in
            let end = UTCTime(seconds: authority.certificate.notAfter)
            let document: JSONValue = [
                "url": .string(url), "timestamps": .string(url + "/tsa"), "root": .string("\(folder)/root.pem"),
                "certificateEnds": .string(end.description),
            ]
            console.show(document) { report in
                report.heading("Stamping", url + "/tsa")
                report.field("root", "\(folder)/root.pem, also at \(url)/root.pem")
                report.field("ends", Wording.time(end.description, toSeconds: true))
                report.sentence("Ctrl-C stops it.", style: .dim)
            }
        }
        try await ServiceRunner(services: [application], logger: logger).run()
    }
}
