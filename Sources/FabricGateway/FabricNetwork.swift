public import Anchoring
public import OpenSSL

/// A channel of a Hyperledger Fabric network, with the chaincode that takes checkpoints there.
public struct FabricNetwork: Sendable {
    public let endpoint: GatewayEndpoint
    public let channel: String
    /// As it was committed on the channel: `tools/fabric/chaincode`.
    public let chaincode: String
    /// Organizations that must endorse; none leaves the choice to the gateway, which knows the chaincode's policy.
    public let endorsingOrganizations: [String]
    /// Roots of the organizations whose endorsements are believed; none accepts any that are sound.
    public let endorserRoots: [SigningCertificate]

    /// - Throws: ``OutsiderError`` with code `.misconfigured` for a channel or chaincode without a name.
    public init(
        endpoint: GatewayEndpoint,
        channel: String,
        chaincode: String,
        endorsingOrganizations: [String] = [],
        endorserRoots: [SigningCertificate] = []
    ) throws(OutsiderError) {
        guard !channel.isEmpty, !chaincode.isEmpty else {
            throw OutsiderError(.misconfigured, "A Fabric network needs the names of a channel and a chaincode.")
        }
        self.endpoint = endpoint
        self.channel = channel
        self.chaincode = chaincode
        self.endorsingOrganizations = endorsingOrganizations
        self.endorserRoots = endorserRoots
    }
}
