import FabricMessages
import FoundationEssentials
public import OpenSSL
import SwiftProtobuf

/// Who signed something on a Fabric network: an organization's name for itself, and an X.509 certificate.
public struct FabricIdentity: Sendable, Equatable {
    /// The organization's membership service provider, such as `Org1MSP`. Only the certificate's chain proves it.
    public let organization: String
    public let certificate: SigningCertificate
    /// As it stands in transactions, and is signed there.
    public let serialized: [UInt8]

    public init(organization: String, certificate: SigningCertificate) {
        self.organization = organization
        self.certificate = certificate
        let message = FabricSerializedIdentity.with {
            $0.mspid = organization
            $0.idBytes = .init(certificate.pem.utf8)
        }
        serialized = FabricWire.bytes(message)
    }

    /// - Throws: ``FabricError`` with code `.malformed` unless it holds one X.509 certificate; other kinds of
    ///   identities (Idemix) are not known here.
    init(serialized: [UInt8]) throws(FabricError) {
        let message: FabricSerializedIdentity = try FabricWire.message(serialized, "an identity")
        guard
            let certificates = try? SigningCertificate.list(pem: String(decoding: message.idBytes, as: UTF8.self)),
            let certificate = certificates.first, certificates.count == 1
        else { throw FabricError(.malformed, "An identity of \(message.mspid) is not one X.509 certificate.") }
        organization = message.mspid
        self.certificate = certificate
        self.serialized = serialized
    }

    /// For reports: `CN=peer0 (Org1MSP)`.
    public var label: String { "\(certificate.subject) (\(organization))" }
}
