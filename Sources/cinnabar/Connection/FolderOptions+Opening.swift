import Anchoring
import Logging
import Notary
import Server

extension FolderOptions {
    /// These options again, for a command that we propose to type next.
    var flags: String { (data.map { " --data \($0)" } ?? "") + (config.map { " --config \($0)" } ?? "") }

    /// Opens the data folder for one command.
    ///
    /// - Parameter exchange: For commands that ask authorities.
    func openNotary(_ output: OutputOptions, exchange: @escaping HTTPExchange = offline) throws -> Notary {
        var logger = Logger(label: "cinnabar") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = output.logLevel()
        return try Notary(NotaryConfiguration(settings()), logger: logger, exchange: exchange)
    }

    static let offline: HTTPExchange = { _ in
        throw CommandError("offline", "This command asks no authority.", status: .environment)
    }

    /// Opens the data folder, runs `work` with it and closes it again, whether or not `work` throws.
    func withNotary<Result>(_ output: OutputOptions, _ work: (Notary) async throws -> Result) async throws -> Result {
        let notary = try openNotary(output)
        defer { notary.close() }
        return try await work(notary)
    }

    /// The control socket of the server that holds the data folder, if one does.
    func listeningSocket() throws -> ControlSocket? {
        // A path too long for a socket has none: `serve` said so, and nothing listens.
        guard let socket = try? settings().controlSocket, socket.isListening else { return nil }
        return socket
    }

    /// Administers the notary, runs `work` and closes again, whether or not `work` throws: by the server that holds the
    /// data folder, or else on the folder itself.
    func withAdministration<Result>(
        _ output: OutputOptions,
        exchange: @escaping HTTPExchange = offline,
        _ work: (any Administration) async throws -> Result
    ) async throws -> Result {
        let administration = try openAdministration(output, exchange)
        do {
            let result = try await work(administration)
            await administration.close()
            return result
        } catch {
            await administration.close()
            throw error
        }
    }

    private func openAdministration(
        _ output: OutputOptions,
        _ exchange: @escaping HTTPExchange
    ) throws -> any Administration {
        if let socket = try listeningSocket() {
            return SocketAdministration(client: try APIClient(socket: socket, account: Notary.defaultAccountName))
        }
        return LocalAdministration(notary: try openNotary(output, exchange: exchange))
    }
}
