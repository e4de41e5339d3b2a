public import Anchoring
import OpenSSL

/// Who sends transactions: an identity that an organization of the network enrolled, and its key.
public struct FabricCredentials: Sendable {
    public let identity: FabricIdentity
    let key: P256PrivateKey

    /// - Parameters:
    ///   - organization: The name of its membership service provider, such as `Org1MSP`.
    ///   - certificatePEM: One certificate: `signcerts` of an MSP folder.
    ///   - keyPEM: Its key, not encrypted: `keystore` of an MSP folder.
    /// - Throws: ``OutsiderError`` with code `.misconfigured`.
    public init(organization: String, certificatePEM: String, keyPEM: String) throws(OutsiderError) {
        guard !organization.isEmpty else {
            throw OutsiderError(.misconfigured, "The organization's name is missing, such as Org1MSP.")
        }
        do throws(OpenSSLError) {
            let certificates = try SigningCertificate.list(pem: certificatePEM)
            key = try P256PrivateKey(pem: keyPEM)
            guard let certificate = certificates.first, certificates.count == 1, key.isKey(of: certificate) else {
                throw OpenSSLError(.malformedKey, "The key is not that of the certificate, or there are several.")
            }
            identity = FabricIdentity(organization: organization, certificate: certificate)
        } catch {
            throw OutsiderError(.misconfigured, "The identity of \(organization) cannot be used: \(error.message)")
        }
    }

    func signature(of message: [UInt8]) throws -> [UInt8] { try key.signature(of: message) }
}
