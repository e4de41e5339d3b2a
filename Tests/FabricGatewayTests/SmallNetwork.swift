import Anchoring
import Bytes
import FabricGateway
import FabricMessages
import Foundation
import OpenSSL
import SwiftProtobuf

/// Two organizations with a peer each, and a third that nobody knows: real keys and certificates, made for one test.
struct SmallNetwork: Sendable {
    static let now: Int64 = 1_795_000_000
    static let channel = "notary"
    static let chaincode = "cinnabar"

    struct Organization: Sendable {
        let root: SigningCertificate
        let rootKey: P256PrivateKey
        let peer: FabricIdentity
        let peerKey: P256PrivateKey

        init(_ name: String) throws {
            rootKey = try .generate()
            root = try Self.template("ca.\(name)", isAuthority: true).issued(for: rootKey, by: nil)
            peerKey = try .generate()
            let certificate = try Self.template("peer0.\(name)").issued(for: peerKey, by: (root, rootKey))
            peer = FabricIdentity(organization: "\(name)MSP", certificate: certificate)
        }

        static func template(_ name: String, isAuthority: Bool = false) -> CertificateTemplate {
            CertificateTemplate(
                commonName: name,
                notBefore: now - 86_400,
                notAfter: now + 86_400 * 365,
                extensions: isAuthority
                    ? [("basicConstraints", "critical,CA:TRUE"), ("keyUsage", "critical,keyCertSign")]
                    : [("basicConstraints", "critical,CA:FALSE"), ("keyUsage", "critical,digitalSignature")]
            )
        }
    }

    let known: [Organization]
    let stranger: Organization
    let credentials: FabricCredentials
    let clientKey: P256PrivateKey
    let tlsKeyPEM: String
    let tlsCertificate: SigningCertificate

    init() throws {
        known = [try Organization("Org1"), try Organization("Org2")]
        stranger = try Organization("Org3")
        clientKey = try P256PrivateKey.generate()
        let certificate = try Organization.template("notary").issued(
            for: clientKey,
            by: (known[0].root, known[0].rootKey)
        )
        credentials = try FabricCredentials(
            organization: "Org1MSP",
            certificatePEM: certificate.pem,
            keyPEM: clientKey.pem
        )
        let tlsKey = try P256PrivateKey.generate()
        tlsKeyPEM = tlsKey.pem
        tlsCertificate = try CertificateTemplate(
            commonName: "peer0.org1.example",
            notBefore: Int64(Date.now.timeIntervalSince1970) - 3600,
            notAfter: Int64(Date.now.timeIntervalSince1970) + 86_400,
            extensions: [("subjectAltName", "DNS:peer0.org1.example"), ("basicConstraints", "critical,CA:TRUE")]
        ).issued(for: tlsKey, by: nil)
    }

    var roots: [SigningCertificate] { known.map(\.root) }

    static func checkpoint(size: UInt64 = 7) -> OutgoingCheckpoint {
        let root = SHA256.digest(of: Array("root \(size)".utf8))
        let text = "log.example.org/photos\n\(size)\n\(Base64.encode(root.bytes))\n\n— log.example.org/photos AAAA\n"
        return OutgoingCheckpoint(
            origin: "log.example.org/photos",
            size: size,
            root: root,
            signed: Array(text.utf8)
        )
    }

    func ledger(
        at url: String,
        rootsPEM: String? = nil,
        serverName: String? = nil,
        timeoutSeconds: Int = 20
    ) throws -> FabricLedger {
        FabricLedger(
            name: "consortium",
            network: try FabricNetwork(
                endpoint: GatewayEndpoint(url: url, rootsPEM: rootsPEM, serverName: serverName),
                channel: Self.channel,
                chaincode: Self.chaincode,
                endorserRoots: roots
            ),
            credentials: credentials,
            timeoutSeconds: timeoutSeconds,
            clock: { Self.now }
        )
    }
}
