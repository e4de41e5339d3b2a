import Anchoring
import AsyncHTTPClient
import Glibc
import NIOCore
import NIOPosix
import Notary

extension WebhookTransport {
    /// A receiver answers at once that it took a hit; one that does not is asked again later.
    private static let timeoutSeconds: Int64 = 10

    /// A client for each request, which is bound to the address that was looked at: looking the name up once more could
    /// give another one.
    static let overHTTP = WebhookTransport(
        resolve: { host, port in
            try await NIOThreadPool.singleton.runIfActive {
                try Address(SocketAddress.makeAddressResolvingHost(host, port: port))
            }
        },
        send: { request, host, address in
            var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
            configuration.dnsOverride = [host: address.text]
            configuration.timeout.connect = .seconds(timeoutSeconds)
            configuration.timeout.read = .seconds(timeoutSeconds)
            let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
            do {
                let response = try await client.exchange(request)
                try await client.shutdown()
                return response
            } catch {
                try? await client.shutdown()
                throw error
            }
        }
    )
}

extension WebhookTransport.Address {
    /// - Throws: ``CommandError`` for what is no address of the internet.
    fileprivate init(_ address: SocketAddress) throws {
        guard let text = address.ipAddress, let bytes = Self.bytes(of: text) else {
            throw CommandError("webhook.noAddress", "The webhook's host has no address.", status: .environment)
        }
        self.init(text: text, bytes: bytes.starts(with: Self.mappedPrefix) ? Array(bytes.suffix(4)) : bytes)
    }

    private static func bytes(of text: String) -> [UInt8]? {
        var v4 = in_addr()
        // Safe: the system writes as many bytes as its own type of address has, and any bytes are one.
        if unsafe inet_pton(AF_INET, text, &v4) == 1 { return unsafe withUnsafeBytes(of: v4) { unsafe Array($0) } }
        var v6 = in6_addr()
        guard unsafe inet_pton(AF_INET6, text, &v6) == 1 else { return nil }
        return unsafe withUnsafeBytes(of: v6) { unsafe Array($0) }
    }

    /// An IPv4 address written as IPv6.
    private static let mappedPrefix: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]
}
