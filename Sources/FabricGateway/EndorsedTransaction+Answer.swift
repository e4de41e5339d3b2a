import Anchoring
import FabricMessages

extension EndorsedTransaction {
    /// Whether the gateway answered with the transaction that was proposed, and no other.
    func verify(isAnswerTo request: FabricEndorseRequest, _ network: FabricNetwork) throws {
        guard channel == network.channel, channel == request.channelID else {
            throw FabricError(.otherChannel, "It is for channel \(channel), not \(request.channelID).")
        }
        let proposal: FabricProposal = try FabricWire.message(
            Array(request.proposedTransaction.proposalBytes),
            "a proposal"
        )
        let header: FabricHeader = try FabricWire.message(Array(proposal.header), "a header")
        guard id == request.transactionID, headers == [Array(header.channelHeader), Array(header.signatureHeader)]
        else { throw FabricError(.inconsistent, "It is not the transaction that was proposed.") }
    }

    /// Whether those who endorsed it are believed here.
    func verify(rootsOf network: FabricNetwork) throws {
        guard !network.endorserRoots.isEmpty else { return }
        for each in endorsements where each.root(among: network.endorserRoots, atSeconds: seconds) == nil {
            throw FabricError(
                .notEndorsed,
                "\(each.endorser.label) belongs to none of the organizations whose roots are configured."
            )
        }
    }
}
