import AsyncHTTPClient
import Bytes
import Evidence
import Foundation
import NIOCore
import NIOHTTP1
import Notary
import Server

/// Sends requests to a server, to its port or to its control socket, and reads answers and refusals.
final class APIClient: Sendable {
    /// Any JSON answer of the API is far below this.
    private static let documentLimitBytes = 16 << 20

    /// What stands before the path of every URL.
    private let base: String
    /// For sentences.
    private let place: String
    private let header: (name: String, value: String)
    private var isControl: Bool { header.name != "Authorization" }
    private let client: HTTPClient

    /// - Throws: ``CommandError`` with status `.usage` when `server` is no http or https URL.
    convenience init(server: String, token: String) throws {
        guard let url = URL(string: server), url.scheme == "http" || url.scheme == "https", url.host != nil else {
            throw CommandError(
                "server.invalid",
                "\(server) is not an http or https URL.",
                advice: "Write it as http://127.0.0.1:8080.",
                status: .usage
            )
        }
        let base = server.hasSuffix("/") ? String(server.dropLast()) : server
        // Decoding, sequencing and the synced write are done within seconds; a minute is a server in trouble.
        self.init(base: base, place: base, header: ("Authorization", "Bearer \(token)"), silenceSeconds: 60)
    }

    /// - Parameter account: Whom to act for.
    /// - Throws: ``CommandError`` for a path that makes no URL.
    convenience init(socket: ControlSocket, account: String) throws {
        guard let url = URL(httpURLWithSocketPath: socket.path, uri: "/"),
            let name = account.addingPercentEncoding(withAllowedCharacters: .alphanumerics)
        else {
            throw CommandError(
                "control.pathUnusable",
                "The control socket's path \(socket.path) does not read.",
                advice: "Put it elsewhere with --set control.socket=PATH.",
                status: .environment
            )
        }
        let base = String(url.absoluteString.dropLast())
        // Commands of the operator take their time, an audit of a large log above all.
        self.init(base: base, place: socket.path, header: ("Cinnabar-Account", name), silenceSeconds: 3600)
    }

    private init(base: String, place: String, header: (name: String, value: String), silenceSeconds: Int64) {
        self.base = base
        self.place = place
        self.header = header
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout.connect = .seconds(10)
        configuration.timeout.read = .seconds(silenceSeconds)
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    func close() async { try? await client.shutdown() }

    func request(_ method: HTTPMethod, _ path: String) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: base + path)
        request.method = method
        request.headers.add(name: header.name, value: header.value)
        return request
    }

    func request(_ method: HTTPMethod, _ path: String, json: JSONValue) -> HTTPClientRequest {
        var request = request(method, path)
        request.headers.add(name: "Content-Type", value: "application/json")
        request.body = .bytes(json.encoded(.compact))
        return request
    }

    func document(_ request: HTTPClientRequest) async throws -> JSONValue {
        let bytes = try await bytes(request, limitBytes: Self.documentLimitBytes)
        guard let document = try? JSONValue(parsing: bytes) else { throw unexpectedAnswer("no JSON") }
        return document
    }

    /// The result of work that tells how far it is, line by line.
    func result(_ request: HTTPClientRequest, progress: (JSONValue) -> Void) async throws -> JSONValue {
        try await reaching {
            let response = try await client.execute(request, deadline: .distantFuture)
            guard response.status == .ok else {
                let body = try await response.body.collect(upTo: Self.documentLimitBytes)
                throw refusal(response.status, Array(body.readableBytesView))
            }
            var line: [UInt8] = []
            for try await piece in response.body {
                for byte in piece.readableBytesView {
                    guard byte == UInt8(ascii: "\n") else {
                        line.append(byte)
                        continue
                    }
                    guard let document = try? JSONValue(parsing: line) else { throw unexpectedAnswer("no JSON") }
                    line = []
                    if let result = document["result"] { return result }
                    if let problem = document["problem"] { throw refusal(.ok, problem.encoded(.compact)) }
                    if let now = document["progress"] { progress(now) }
                }
            }
            throw CommandError(
                "server.stopped",
                "The server was stopped before this was done.",
                advice: "Run the command again.",
                status: .environment
            )
        }
    }

    func bytes(_ request: HTTPClientRequest, limitBytes: Int) async throws -> [UInt8] {
        try await reaching {
            // No deadline over all: a file of any size takes as long as it takes; silence has its own limits.
            let response = try await client.execute(request, deadline: .distantFuture)
            let bytes = Array(try await response.body.collect(upTo: limitBytes).readableBytesView)
            guard (200..<300).contains(response.status.code) else { throw refusal(response.status, bytes) }
            return bytes
        }
    }

    private func reaching<Result>(_ work: () async throws -> Result) async throws -> Result {
        do {
            return try await work()
        } catch let error as CommandError {
            throw error  // a refusal, or from reading the file that was being sent
        } catch {
            throw CommandError(
                "server.unreachable",
                "The server \(place) does not answer: \(Self.reason(error)).",
                advice: "Check the address and that `cinnabar serve` is running there.",
                status: .environment
            )
        }
    }

    private func refusal(_ status: HTTPResponseStatus, _ body: [UInt8]) -> CommandError {
        let problem = try? JSONValue(parsing: body)
        guard let code = problem?["code"]?.stringValue else { return unexpectedAnswer("status \(status.code)") }
        let message = problem?["detail"]?.stringValue ?? problem?["title"]?.stringValue ?? "status \(status.code)"
        // On the operator's own machine the same failure ends the same way, held by a server or not.
        if isControl, let code = NotaryError.Code(rawValue: code) { return CommandError(NotaryError(code, message)) }
        let advice: String? =
            switch status.code {
            case 401, 403: "Give a token made by `cinnabar tokens create`, in CINNABAR_TOKEN or with --token-file."
            case 429, 503: "Wait a little and try again."
            default: nil
            }
        let isSurroundings = status.code == 401 || status.code == 403 || status.code == 429 || status.code >= 500
        return CommandError(code, message, advice: advice, status: isSurroundings ? .environment : .doesNotHold)
    }

    private func unexpectedAnswer(_ what: String) -> CommandError {
        CommandError(
            "server.unexpectedAnswer",
            "What answers at \(place) does not speak Cinnabar's API (\(what)).",
            advice: "Check the address.",
            status: .environment
        )
    }

    private static func reason(_ error: any Error) -> String {
        guard let error = error as? HTTPClientError else { return "no connection" }
        return switch error {
        case .connectTimeout: "no connection within 10 seconds"
        case .readTimeout: "no answer in time"
        case .remoteConnectionClosed: "it closed the connection"
        default: "the connection failed"
        }
    }
}
