public import Anchoring

/// Where a peer's gateway service is reached, and how it is known to be that peer.
public struct GatewayEndpoint: Sendable, Equatable {
    /// Roots of the organizations' TLS certificates, as PEM; `nil` for a connection without TLS.
    public let rootsPEM: String?
    let host: String
    let port: Int
    /// The name in the peer's TLS certificate where it is another than ``host``.
    let serverName: String?

    /// - Parameters:
    ///   - url: `https://peer0.org1.example.com:7051`, or `http://127.0.0.1:7051` without TLS, on loopback only.
    ///   - rootsPEM: For `https`: who vouches for the peer's TLS certificate.
    /// - Throws: ``OutsiderError`` with code `.misconfigured`.
    public init(url: String, rootsPEM: String?, serverName: String? = nil) throws(OutsiderError) {
        guard let match = url.wholeMatch(of: /(https?):\/\/([A-Za-z0-9.-]+|\[::1\]):([0-9]{1,5})\/?/),
            let port = UInt16(match.3), port > 0
        else {
            throw OutsiderError(
                .misconfigured,
                "The gateway's URL must be https://HOST:PORT; give host and port of a peer, without a path."
            )
        }
        let isPlain = match.1 == "http"
        host = match.2 == "[::1]" ? "::1" : String(match.2)
        guard !isPlain || ["127.0.0.1", "::1", "localhost"].contains(host) else {
            throw OutsiderError(
                .misconfigured,
                "The gateway at \(match.2) is not on this machine, so it needs TLS: write https and name its roots."
            )
        }
        guard isPlain == (rootsPEM == nil) else {
            throw OutsiderError(
                .misconfigured,
                isPlain
                    ? "TLS roots are given for a gateway without TLS: write https, or leave the roots out."
                    : "The gateway's TLS roots are missing: name the file with the organization's tlsca certificate."
            )
        }
        self.port = Int(port)
        self.rootsPEM = rootsPEM
        self.serverName = serverName
    }
}
