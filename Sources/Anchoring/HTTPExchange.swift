/// Sends one request and waits for its response. Anchors reach the outside by this alone; the caller decides on
/// connections, time limits, proxies and TLS.
///
/// It throws if no response came, or one with a body past the request's limit.
public typealias HTTPExchange = @Sendable (_ request: OutgoingRequest) async throws -> IncomingResponse

/// An HTTP request that an anchor wants sent.
public struct OutgoingRequest: Sendable, Equatable {
    public let url: String
    /// Upper case: `GET`, `POST`.
    public let method: String
    /// By lower-case name.
    public let headers: [String: String]
    public let body: [UInt8]
    /// The response's body may be this long; past it the exchange throws instead of reading on.
    public let responseLimitBytes: Int

    public init(
        url: String,
        method: String,
        headers: [String: String],
        body: [UInt8],
        responseLimitBytes: Int
    ) {
        self.url = url
        self.method = method
        self.headers = headers
        self.body = body
        self.responseLimitBytes = responseLimitBytes
    }
}

/// What came back, untrusted.
public struct IncomingResponse: Sendable, Equatable {
    public let status: Int
    /// By lower-case name.
    public let headers: [String: String]
    public let body: [UInt8]

    public init(status: Int, headers: [String: String], body: [UInt8]) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}
