import Foundation

extension ConnectionOptions {
    /// Opens what the options name, runs `work` with it and closes it again, whether or not `work` throws.
    func withConnection<Result>(
        _ output: OutputOptions,
        _ work: (any NotaryConnection) async throws -> Result
    ) async throws -> Result {
        let connection = try open(output)
        do {
            let result = try await work(connection)
            await connection.close()
            return result
        } catch {
            await connection.close()
            throw error
        }
    }

    private func open(_ output: OutputOptions) throws -> any NotaryConnection {
        let environment = ProcessInfo.processInfo.environment
        guard let server = server ?? (folder.isNamed ? nil : environment["CINNABAR_SERVER"]) else {
            if let socket = try folder.listeningSocket() {
                return RemoteConnection(try APIClient(socket: socket, account: account))
            }
            return try LocalConnection(folder.openNotary(output), account: account)
        }
        return RemoteConnection(try APIClient(server: server, token: try secret(environment)))
    }

    private func secret(_ environment: [String: String]) throws -> String {
        if let token { return token }
        if let path = tokenFile ?? environment["CINNABAR_TOKEN_FILE"] {
            let text = String(decoding: try InputFile.contents(of: path, limitBytes: 4096), as: UTF8.self)
            return String(text.prefix { !$0.isNewline })
        }
        if let token = environment["CINNABAR_TOKEN"] { return token }
        throw CommandError(
            "token.missing",
            "A server needs an API token.",
            advice: "Put one in CINNABAR_TOKEN, or in a file named with --token-file; "
                + "`cinnabar tokens create` makes one.",
            status: .usage
        )
    }

    /// These options again, for a command that we propose to type next.
    var flags: String {
        if let server { return " --server \(server)" }
        return folder.flags + (account == "default" ? "" : " --account \(account)")
    }
}
