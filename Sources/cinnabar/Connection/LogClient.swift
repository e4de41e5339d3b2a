import Anchoring
import AsyncHTTPClient
import MerkleLog
import NIOCore

/// HTTP for commands that read logs of others.
enum LogClient {
    /// Opens a client for `work` and shuts it down, whether or not `work` throws.
    static func withExchange<Result>(_ work: (@escaping HTTPExchange) async throws -> Result) async throws -> Result {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .follow(max: 3, allowCycles: false))
        configuration.timeout.connect = .seconds(10)
        configuration.timeout.read = .seconds(30)
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        do {
            let result = try await work { try await client.exchange($0) }
            try await client.shutdown()
            return result
        } catch {
            try? await client.shutdown()
            throw error
        }
    }
}

/// Keys of logs as a person types them.
enum LogKeys {
    /// - Throws: ``CommandError`` with status `.usage` when one does not read, or they are of different logs.
    static func parse(_ texts: [String]) throws -> [VerifierKey] {
        let keys = try texts.map { (text) throws(CommandError) -> VerifierKey in
            do throws(NoteError) {
                return try VerifierKey(parsing: text)
            } catch {
                throw CommandError(
                    "key.invalid",
                    "\"\(text.prefix(200))\" is no verifier key: \(error.message)",
                    advice: "It looks like log.example.org+1a2b3c4d+AR... and comes from the log's operator.",
                    status: .usage
                )
            }
        }
        guard Set(keys.map(\.name)).count <= 1 else {
            throw CommandError("key.invalid", "The keys are of different logs.", status: .usage)
        }
        return keys
    }
}
