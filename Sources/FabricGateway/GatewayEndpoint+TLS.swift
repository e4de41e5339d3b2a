import NIOSSL

extension GatewayEndpoint {
    var authority: String { "\(serverName ?? (host.contains(":") ? "[\(host)]" : host)):\(port)" }

    /// The name that the peer's certificate must have; `nil` for an address, which is then compared with the
    /// certificate's addresses.
    var verifiedName: String? { serverName ?? (isAddress ? nil : host) }

    private var isAddress: Bool { host.contains(":") || host.allSatisfy { $0.isNumber || $0 == "." } }

    /// - Returns: `nil` for a connection without TLS.
    func tls() throws -> NIOSSLContext? {
        guard let rootsPEM else { return nil }
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(Array(rootsPEM.utf8)))
        configuration.certificateVerification = .fullVerification
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["h2"]
        return try NIOSSLContext(configuration: configuration)
    }
}
