import Anchoring
import FabricMessages
import FoundationEssentials
import SwiftProtobuf

/// Makes what is sent to a network before anything is endorsed.
struct ProposalMaker {
    /// As Fabric's own clients: enough that no two transactions have one id.
    static let nonceByteCount = 24

    let network: FabricNetwork
    let credentials: FabricCredentials

    /// The request that asks peers to run the chaincode's function and sign the outcome.
    ///
    /// - Parameters:
    ///   - nonce: ``nonceByteCount`` random bytes.
    ///   - seconds: By our clock, since 1970.
    func endorseRequest(
        for checkpoint: OutgoingCheckpoint,
        nonce: [UInt8],
        seconds: Int64
    ) throws -> FabricEndorseRequest {
        let id = EndorsedTransaction.id(nonce: nonce, creator: credentials.identity)
        let proposal = FabricProposal.with {
            $0.header = .init(FabricWire.bytes(header(id: id, nonce: nonce, seconds: seconds)))
            $0.payload = .init(FabricWire.bytes(payload(FabricCall(checkpoint).arguments)))
        }
        let bytes = FabricWire.bytes(proposal)
        let signature = try credentials.signature(of: bytes)
        return FabricEndorseRequest.with {
            $0.transactionID = id
            $0.channelID = network.channel
            $0.proposedTransaction.proposalBytes = .init(bytes)
            $0.proposedTransaction.signature = .init(signature)
            $0.endorsingOrganizations = network.endorsingOrganizations
        }
    }

    private func header(id: String, nonce: [UInt8], seconds: Int64) -> FabricHeader {
        let `extension` = FabricChaincodeHeaderExtension.with { $0.chaincodeID.name = network.chaincode }
        let channelHeader = FabricChannelHeader.with {
            $0.type = EndorsedTransaction.headerType
            $0.timestamp.seconds = seconds
            $0.channelID = network.channel
            $0.txID = id
            $0.`extension` = .init(FabricWire.bytes(`extension`))
        }
        let signatureHeader = FabricSignatureHeader.with {
            $0.creator = .init(credentials.identity.serialized)
            $0.nonce = .init(nonce)
        }
        return FabricHeader.with {
            $0.channelHeader = .init(FabricWire.bytes(channelHeader))
            $0.signatureHeader = .init(FabricWire.bytes(signatureHeader))
        }
    }

    private func payload(_ arguments: [[UInt8]]) -> FabricChaincodeProposalPayload {
        let call = FabricChaincodeInvocationSpec.with {
            $0.chaincodeSpec.chaincodeID.name = network.chaincode
            $0.chaincodeSpec.input.args = arguments.map { .init($0) }
        }
        return FabricChaincodeProposalPayload.with { $0.input = .init(FabricWire.bytes(call)) }
    }
}
