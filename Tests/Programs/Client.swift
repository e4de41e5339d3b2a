import AsyncHTTPClient
public import Evidence
import NIOCore
import NIOHTTP1

/// A client of one server. Connections are kept alive and shared by all clients of the process.
public struct Client: Sendable {
    /// What a server answered.
    public struct Answer: Sendable {
        public let status: Int
        public let mediaType: String
        public let bytes: [UInt8]

        public var text: String { String(decoding: bytes, as: UTF8.self) }
        public var json: JSONValue { get throws { try JSONValue(parsing: bytes) } }
        /// The stable code of a problem document.
        public var code: String? {
            mediaType == "application/problem+json" ? (try? json)?["code"]?.stringValue : nil
        }
    }

    /// The body of a request.
    public enum Body: Sendable {
        case none
        case json(JSONValue)
        case form(Form)
        case bytes([UInt8], mediaType: String)
        /// Zeros without an announced length, inside a form's file.
        case endlessForm(byteCount: Int)
    }

    private static let connectionLimit = 16
    /// Answers are small, and evidence files hold a photo at most.
    private static let answerLimitBytes = 64 << 20
    private static let timeoutSeconds: Int64 = 60

    private static let http: HTTPClient = {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = connectionLimit
        // A server that was killed is to be noticed at once.
        configuration.connectionPool.retryConnectionEstablishment = false
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }()

    public let url: String
    public let token: String?

    public init(url: String, token: String? = nil) {
        self.url = url
        self.token = token
    }

    public func get(_ path: String) async throws -> Answer { try await send("GET", path, .none) }

    /// - Throws: What the transport throws; an answer with any status is an answer.
    public func send(_ method: String, _ path: String, _ body: Body, key: String? = nil) async throws -> Answer {
        var request = HTTPClientRequest(url: url + path)
        request.method = HTTPMethod(rawValue: method)
        if let token { request.headers.add(name: "Authorization", value: "Bearer \(token)") }
        if let key { request.headers.add(name: "Idempotency-Key", value: key) }
        switch body {
        case .none: break
        case .json(let json): set(json.encoded(), "application/json", &request)
        case .form(let form): set(form.bytes, Form.mediaType, &request)
        case .bytes(let bytes, let mediaType): set(bytes, mediaType, &request)
        case .endlessForm(let byteCount):
            request.headers.add(name: "Content-Type", value: Form.mediaType)
            request.body = .stream(Form.zeros(byteCount: byteCount), length: .unknown)
        }
        let response = try await Self.http.execute(request, timeout: .seconds(Self.timeoutSeconds))
        let content = try await response.body.collect(upTo: Self.answerLimitBytes)
        return Answer(
            status: Int(response.status.code),
            mediaType: response.headers.first(name: "Content-Type") ?? "",
            bytes: Array(content.readableBytesView)
        )
    }

    private func set(_ bytes: [UInt8], _ mediaType: String, _ request: inout HTTPClientRequest) {
        request.headers.add(name: "Content-Type", value: mediaType)
        request.body = .bytes(bytes)
    }
}
