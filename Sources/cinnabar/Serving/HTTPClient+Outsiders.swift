import AsyncHTTPClient

extension HTTPClient {
    /// A client for those whom the operator named. It follows no redirects: an answer must not send us to an address of
    /// its choice, such as one inside our own network.
    static func forOutsiders() -> HTTPClient {
        HTTPClient(
            eventLoopGroupProvider: .singleton,
            configuration: HTTPClient.Configuration(redirectConfiguration: .disallow)
        )
    }
}
