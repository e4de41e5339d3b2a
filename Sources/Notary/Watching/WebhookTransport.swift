public import Anchoring

/// How webhooks are reached. The host's name is looked up first, so that the address can be refused, and the request
/// goes to that very address.
public struct WebhookTransport: Sendable {
    public struct Address: Sendable, Equatable {
        /// As the transport wants it back.
        public let text: String
        /// 4 or 16 bytes.
        public let bytes: [UInt8]

        public init(text: String, bytes: [UInt8]) {
            self.text = text
            self.bytes = bytes
        }
    }

    /// Throws when there is no such host.
    public let resolve: @Sendable (_ host: String, _ port: Int) async throws -> Address
    /// Follows no redirects. Throws if no response came in time.
    public let send:
        @Sendable (_ request: OutgoingRequest, _ host: String, _ address: Address) async throws ->
            IncomingResponse

    public init(
        resolve: @escaping @Sendable (_ host: String, _ port: Int) async throws -> Address,
        send:
            @escaping @Sendable (_ request: OutgoingRequest, _ host: String, _ address: Address) async throws ->
            IncomingResponse
    ) {
        self.resolve = resolve
        self.send = send
    }
}
