import ArgumentParser
import AsyncHTTPClient
import Evidence
import Glibc
import Logging
import MerkleLog
import Notary
import Server

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve the API, the log and a page to verify on.",
        discussion: """
            Runs until SIGTERM or Ctrl-C, then finishes what it is answering; a second signal does not wait for that. \
            It speaks plain HTTP on this machine: put a TLS proxy before it to open it to others. Clients need an API \
            token. The server holds the data folder while it runs; commands on the folder then reach it through a \
            socket that only its owner may open, control.sock in the folder (the key control.socket).

            Example:
              cinnabar tokens create --account default
              cinnabar serve --port 8080
            """
    )

    @Option(help: "Address to listen on; the key server.host.") var host: String?
    @Option(help: "Port to listen on, 0 for a free one; the key server.port.") var port: Int?

    @OptionGroup(title: "Data folder") var folder: FolderOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        var flags: [Setting: String] = [:]
        flags[.serverHost] = host
        flags[.serverPort] = port.map(String.init)
        let settings = try folder.settings(flags: flags)
        let logger = Self.logger(settings, output)
        // What the server makes, its control socket above all, is for its own user.
        umask(0o077)
        let configuration = try ServerConfiguration(settings)
        let client = HTTPClient.forOutsiders()
        do {
            let notary = try Notary(
                NotaryConfiguration(settings),
                logger: logger,
                webhooks: .overHTTP
            ) { try await client.exchange($0) }
            let announcement = Announcement(
                console: Console(output),
                logKey: notary.trustBundle.logKeys.first?.text ?? "",
                flags: folder.flags
            )
            let applications = makeApplications(
                notary: notary,
                configuration: configuration,
                logger: logger
            ) { listener, url in await announcement.add(listener, url) }
            defer { notary.close() }
            try await ServiceRunner(services: [notary] + applications, logger: logger).run()
            try await client.shutdown()
        } catch {
            try? await client.shutdown()
            throw error
        }
    }

    private static func logger(_ settings: Settings, _ output: OutputOptions) -> Logger {
        var logger = Logger(label: "cinnabar") { StreamLogHandler.standardError(label: $0) }
        let level = settings[text: .logLevel].flatMap { Logger.Level(rawValue: $0) } ?? .info
        logger.logLevel = output.logLevel(quiet: level)
        return logger
    }
}
