import Anchoring
import AsyncHTTPClient
import MerkleLog
import Monitoring
import NIOCore
import NIOHTTPCompression

/// HTTP for commands that read logs of others.
enum LogClient {
    /// However slowly a hostile log answers, an exchange ends then.
    private static let exchangeSeconds = 60

    /// Opens a client for `work` and shuts it down, whether or not `work` throws.
    static func withExchange<Result>(_ work: (@escaping HTTPExchange) async throws -> Result) async throws -> Result {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .follow(max: 3, allowCycles: false))
        configuration.timeout.connect = .seconds(10)
        configuration.timeout.read = .seconds(30)
        // No limit here: a body is read as a stream up to its own limit, and one packet expands to 64 MiB at most.
        configuration.decompression = .enabled(limit: .none)
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        do {
            let result = try await work { try await exchange($0, client) }
            try await client.shutdown()
            return result
        } catch {
            try? await client.shutdown()
            throw error
        }
    }

    private static func exchange(_ request: OutgoingRequest, _ client: HTTPClient) async throws -> IncomingResponse {
        try await withThrowingTaskGroup(of: IncomingResponse?.self) { tasks in
            tasks.addTask {
                do {
                    return try await client.exchange(request)
                } catch is NIOTooManyBytesError {
                    throw ResponseTooLarge()
                }
            }
            tasks.addTask {
                try await Task.sleep(for: .seconds(exchangeSeconds))
                return nil
            }
            defer { tasks.cancelAll() }
            guard let response = try await tasks.next() ?? nil else {
                throw LogUnreachable("The answer takes too long.")
            }
            return response
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
