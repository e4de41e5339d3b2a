import Anchoring
import Logging
import Notary

extension FolderOptions {
    /// These options again, for a command that we propose to type next.
    var flags: String { (data.map { " --data \($0)" } ?? "") + (config.map { " --config \($0)" } ?? "") }

    /// Opens the data folder for one command.
    func openNotary(_ output: OutputOptions) throws -> Notary {
        var logger = Logger(label: "cinnabar") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = output.logLevel()
        let exchange: HTTPExchange = { _ in
            throw CommandError("offline", "This command asks no authority.", status: .environment)
        }
        return try Notary(NotaryConfiguration(settings()), logger: logger, exchange: exchange)
    }

    /// Opens the data folder, runs `work` with it and closes it again, whether or not `work` throws.
    func withNotary<Result>(_ output: OutputOptions, _ work: (Notary) async throws -> Result) async throws -> Result {
        let notary = try openNotary(output)
        defer { notary.close() }
        return try await work(notary)
    }
}
