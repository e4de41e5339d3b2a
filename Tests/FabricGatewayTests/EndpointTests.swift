import Anchoring
import FabricGateway
import OpenSSL
import Testing

struct EndpointTests {
    private static let roots = "-----BEGIN CERTIFICATE-----"

    @Test(arguments: [
        ("https://peer0.org1.example.com:7051", true), ("https://10.0.0.1:7051/", true),
        ("http://127.0.0.1:7051", false), ("http://[::1]:7051", false), ("http://localhost:7051", false),
    ])
    func goodEndpoints(url: String, isSecured: Bool) {
        #expect(throws: Never.self) { try GatewayEndpoint(url: url, rootsPEM: isSecured ? Self.roots : nil) }
    }

    /// Without TLS on loopback alone, and with named roots elsewhere.
    @Test(arguments: [
        ("http://peer0.org1.example.com:7051", false), ("https://peer0.org1.example.com:7051", false),
        ("http://127.0.0.1:7051", true), ("https://peer0.org1.example.com", true), ("peer0:7051", true),
        ("https://peer0:70510", true), ("https://peer0:0", true), ("https://user@peer0:7051", true),
        ("https://peer0:7051/path", true), ("http://127.0.0.1.example:7051", false),
    ])
    func badEndpoints(url: String, isSecured: Bool) {
        let error = #expect(throws: OutsiderError.self) {
            try GatewayEndpoint(url: url, rootsPEM: isSecured ? Self.roots : nil)
        }
        #expect(error?.code == .misconfigured)
    }

    @Test func keyMustBeOfTheCertificate() throws {
        let network = try SmallNetwork()
        let other = try P256PrivateKey.generate().pem
        let certificate = network.credentials.identity.certificate.pem
        for (organization, certificates, key) in [
            ("Org1MSP", certificate, other), ("Org1MSP", certificate + certificate, network.clientKey.pem),
            ("", certificate, network.clientKey.pem), ("Org1MSP", "", network.clientKey.pem),
        ] {
            let error = #expect(throws: OutsiderError.self) {
                try FabricCredentials(organization: organization, certificatePEM: certificates, keyPEM: key)
            }
            #expect(error?.code == .misconfigured)
        }
    }
}
