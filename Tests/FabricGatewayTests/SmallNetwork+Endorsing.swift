import FabricGateway
import Bytes
import Anchoring
import FabricMessages
import Foundation
import OpenSSL
import SwiftProtobuf

extension SmallNetwork {
    /// One thing that a peer, or who stands between, does wrong.
    enum Fault: CaseIterable, Sendable {
        case highSignature, brokenSignature, unknownOrganization, forgedOrganization, noEndorsement
        case otherChannel, otherTransaction, otherProposal, otherChaincode, otherArguments, otherAction
        case nothingWritten, otherWritten, deleted, refusedByChaincode
    }

    /// What the gateway answers: the transaction that peers endorsed, for the client to sign.
    func endorsed(_ request: FabricEndorseRequest, fault: Fault? = nil) throws -> FabricEnvelope {
        let proposal = try FabricProposal(serializedBytes: request.proposedTransaction.proposalBytes)
        var header = try FabricHeader(serializedBytes: proposal.header)
        var payload = proposal.payload
        if fault == .otherArguments { payload = try altered(payload) }
        let hash = SHA256.digest(
            of: Array(header.channelHeader) + Array(header.signatureHeader)
                + (fault == .otherProposal ? [] : Array(payload))
        )
        let result = try result(of: payload, fault: fault)
        let response =
            try FabricProposalResponsePayload.with {
                $0.proposalHash = .init(hash.bytes)
                $0.`extension` = try result.serializedData()
            }.serializedBytes() as [UInt8]
        let action = try FabricChaincodeActionPayload.with {
            $0.chaincodeProposalPayload = payload
            $0.action.proposalResponsePayload = .init(response)
            $0.action.endorsements = try endorsements(of: response, fault: fault)
        }
        let transaction = try FabricTransaction.with {
            $0.actions = [
                try .with {
                    $0.header = fault == .otherAction ? .init([1]) : header.signatureHeader
                    $0.payload = try action.serializedData()
                }
            ]
        }
        try alter(&header, fault: fault)
        return try FabricEnvelope.with {
            $0.payload = try FabricPayload.with {
                $0.header = header
                $0.data = try transaction.serializedData()
            }.serializedData()
        }
    }

    /// The anchor as it lies in an evidence file, with an envelope that the client signed.
    func receipt(
        for request: FabricEndorseRequest,
        fault: Fault? = nil,
        validation: String = "VALID"
    ) throws -> FabricReceipt {
        var envelope = try endorsed(request, fault: fault)
        envelope.signature = .init(try clientKey.signature(of: Array(envelope.payload)))
        return FabricReceipt(envelope: try envelope.serializedBytes(), blockNumber: 12, validation: validation)
    }

    private func result(of payload: some Sequence<UInt8>, fault: Fault?) throws -> FabricChaincodeAction {
        let input = try FabricChaincodeProposalPayload(serializedBytes: Array(payload)).input
        let call = try FabricChaincodeInvocationSpec(serializedBytes: input).chaincodeSpec
        var lines = ["cinnabar-anchor-1"] + call.input.args.dropFirst().map { String(decoding: $0, as: UTF8.self) }
        if fault == .otherWritten { lines[2] += "0" }
        let value = lines.map { $0 + "\n" }.joined()
        let writes = FabricKVRWSet.with {
            guard fault != .nothingWritten else { return }
            $0.writes = [
                .with {
                    $0.key = "\u{0}checkpoint\u{0}"
                    $0.value = .init(value.utf8)
                    $0.isDelete = fault == .deleted
                }
            ]
        }
        let sets = try FabricTxReadWriteSet.with {
            $0.nsRwset = try [
                .with {
                    $0.namespace = "_lifecycle"
                    $0.rwset = .init()
                },
                .with {
                    $0.namespace = call.chaincodeID.name
                    $0.rwset = try writes.serializedData()
                },
            ]
        }
        return try FabricChaincodeAction.with {
            $0.results = try sets.serializedData()
            $0.response.status = fault == .refusedByChaincode ? 500 : 200
            $0.chaincodeID.name = fault == .otherChaincode ? "another" : call.chaincodeID.name
        }
    }

    private func endorsements(of response: [UInt8], fault: Fault?) throws -> [FabricEndorsement] {
        if fault == .noEndorsement { return [] }
        return try known.enumerated().map { position, organization in
            var (endorser, key) = (organization.peer, organization.peerKey)
            if position == 1, fault == .unknownOrganization { (endorser, key) = (stranger.peer, stranger.peerKey) }
            if position == 1, fault == .forgedOrganization {
                endorser = FabricIdentity(organization: "Org2MSP", certificate: stranger.peer.certificate)
                key = stranger.peerKey
            }
            var signature = try key.signature(of: response + endorser.serialized)
            if position == 1, fault == .highSignature { signature = try HighSignature.of(signature) }
            if position == 1, fault == .brokenSignature { signature = try key.signature(of: response) }
            return .with {
                $0.endorser = .init(endorser.serialized)
                $0.signature = .init(signature)
            }
        }
    }

    private func altered(_ payload: some Sequence<UInt8>) throws -> Data {
        var content = try FabricChaincodeProposalPayload(serializedBytes: Array(payload))
        var call = try FabricChaincodeInvocationSpec(serializedBytes: content.input)
        call.chaincodeSpec.input.args[2] = .init("8".utf8)
        content.input = try call.serializedData()
        return try content.serializedData()
    }

    private func alter(_ header: inout FabricHeader, fault: Fault?) throws {
        var channelHeader = try FabricChannelHeader(serializedBytes: header.channelHeader)
        switch fault {
        case .otherChannel: channelHeader.channelID = "another"
        case .otherTransaction: channelHeader.txID = String(repeating: "0", count: 64)
        default: return
        }
        header.channelHeader = try channelHeader.serializedData()
    }
}
