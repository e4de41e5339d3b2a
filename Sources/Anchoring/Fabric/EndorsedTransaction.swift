import Bytes
import FabricMessages
import OpenSSL
import SwiftProtobuf

/// A transaction of Hyperledger Fabric as its parts claim it, all of one piece: one call of a chaincode, what it wrote,
/// and the signatures of the peers that ran it.
///
/// Source: the checks that committing peers make (`core/common/validation/msgvalidation.go`), less those that need the
/// channel's configuration.
public struct EndorsedTransaction: Sendable {
    /// More endorsements than any policy asks for.
    public static let endorsementLimit = 100
    /// Of common.HeaderType: a transaction that peers endorsed.
    public static let headerType: Int32 = 3

    public struct Endorsement: Sendable {
        public let endorser: FabricIdentity
        let signature: [UInt8]
    }

    public let channel: String
    /// 64 hex digits: SHA-256 of the nonce and the creator.
    public let id: String
    /// By the clock of who sent it, seconds since 1970.
    public let seconds: Int64
    /// Who sent it.
    public let creator: FabricIdentity
    public let chaincode: String
    public let arguments: [[UInt8]]
    /// Values that the call stored under keys of ``chaincode``.
    public let written: [[UInt8]]
    public let endorsements: [Endorsement]
    /// The bytes of the two headers, as the proposal had them.
    public let headers: [[UInt8]]
    /// What the creator signs, of an envelope.
    let payload: [UInt8]
    /// What each endorser signs, followed by itself.
    private let endorsed: [UInt8]

    /// - Parameter payload: Of an envelope, signed or not.
    /// - Throws: ``FabricError`` with code `.malformed`, `.inconsistent` or `.notEndorsed`.
    public init(payload bytes: [UInt8]) throws(FabricError) {
        payload = bytes
        let payload: FabricPayload = try FabricWire.message(bytes, "a payload")
        let header = try Header(payload.header)
        (channel, id, seconds, creator, chaincode, headers) = (
            header.channel, header.id, header.seconds, header.creator, header.chaincode, header.bytes
        )
        let action = try Self.onlyAction(of: Array(payload.data), signatureHeader: header.bytes[1])
        let proposal = Array(action.chaincodeProposalPayload)
        arguments = try Self.arguments(of: proposal, chaincode: header.chaincode)
        endorsed = Array(action.action.proposalResponsePayload)
        let response: FabricProposalResponsePayload = try FabricWire.message(endorsed, "what peers endorsed")
        guard Array(response.proposalHash) == SHA256.digest(of: header.bytes[0] + header.bytes[1] + proposal).bytes
        else { throw FabricError(.inconsistent, "What peers endorsed answers another proposal.") }
        written = try Self.written(by: Array(response.`extension`), of: header.chaincode)
        guard (1...Self.endorsementLimit).contains(action.action.endorsements.count) else {
            throw FabricError(.notEndorsed, "A transaction has 1 to \(Self.endorsementLimit) endorsements.")
        }
        var endorsements: [Endorsement] = []
        for each in action.action.endorsements {
            let endorser = try FabricIdentity(serialized: Array(each.endorser))
            endorsements.append(Endorsement(endorser: endorser, signature: Array(each.signature)))
        }
        self.endorsements = endorsements
    }

    /// Checks all endorsements: a transaction with one that does not hold is not what a peer sent.
    ///
    /// - Throws: ``FabricError`` with code `.signatureInvalid`.
    public func verifyEndorsements() throws(FabricError) {
        for each in endorsements {
            do {
                try each.endorser.certificate.verifyLowSignature(
                    each.signature,
                    of: endorsed + each.endorser.serialized
                )
            } catch {
                throw FabricError(.signatureInvalid, "The endorsement by \(each.endorser.label): \(error.message)")
            }
        }
    }

    /// Whether this is exactly the call for `checkpoint`, and what it stored.
    ///
    /// - Throws: ``FabricError`` with code `.otherCheckpoint`.
    public func verify(anchors checkpoint: OutgoingCheckpoint) throws(FabricError) {
        let call = FabricCall(checkpoint)
        guard arguments == call.arguments else {
            throw FabricError(.otherCheckpoint, "The chaincode was called with another checkpoint or function.")
        }
        guard written.contains(call.value) else {
            throw FabricError(.otherCheckpoint, "The chaincode stored nothing that commits to this checkpoint.")
        }
    }

    private static func onlyAction(
        of data: [UInt8],
        signatureHeader: [UInt8]
    ) throws(FabricError) -> FabricChaincodeActionPayload {
        let transaction: FabricTransaction = try FabricWire.message(data, "a transaction")
        guard let action = transaction.actions.first, transaction.actions.count == 1 else {
            throw FabricError(.malformed, "A transaction has one action.")
        }
        guard Array(action.header) == signatureHeader else {
            throw FabricError(.inconsistent, "The action is of another creator or nonce than the transaction.")
        }
        return try FabricWire.message(Array(action.payload), "the payload of an action")
    }

    private static func arguments(of proposal: [UInt8], chaincode: String) throws(FabricError) -> [[UInt8]] {
        let content: FabricChaincodeProposalPayload = try FabricWire.message(proposal, "the payload of a proposal")
        let call: FabricChaincodeInvocationSpec = try FabricWire.message(Array(content.input), "a call")
        guard call.chaincodeSpec.chaincodeID.name == chaincode else {
            throw FabricError(.inconsistent, "The call is to another chaincode than the header names.")
        }
        return call.chaincodeSpec.input.args.map { Array($0) }
    }

    private static func written(by bytes: [UInt8], of chaincode: String) throws(FabricError) -> [[UInt8]] {
        let action: FabricChaincodeAction = try FabricWire.message(bytes, "the result of a call")
        guard action.chaincodeID.name == chaincode else {
            throw FabricError(.inconsistent, "Peers ran another chaincode than the header names.")
        }
        guard action.response.status == 200 else {
            throw FabricError(.notEndorsed, "The chaincode answered \(action.response.status), not 200.")
        }
        let sets: FabricTxReadWriteSet = try FabricWire.message(Array(action.results), "what a call read and wrote")
        var values: [[UInt8]] = []
        for set in sets.nsRwset where set.namespace == chaincode {
            let content: FabricKVRWSet = try FabricWire.message(Array(set.rwset), "keys that a call wrote")
            values += content.writes.filter { !$0.isDelete }.map { Array($0.value) }
        }
        return values
    }
}
