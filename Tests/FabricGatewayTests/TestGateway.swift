import OpenSSL
import FabricGateway
import Anchoring
import FabricMessages
import SwiftProtobuf
import Synchronization

/// A peer's gateway service on loopback: endorses with the keys of a ``SmallNetwork``, and orders nothing.
final class TestGateway: Sendable {
    /// What a call is answered with instead of a message.
    struct Refusal: Error {
        let status: Int
        var message = "no"
        var details: [UInt8] = []
    }

    struct State {
        var fault: SmallNetwork.Fault?
        /// Thrown by the next call of the method, once each.
        var refusals: [(method: String, refusal: Refusal)] = []
        /// Endorsed instead of what is asked for.
        var otherRequest: FabricEndorseRequest?
        var result = FabricTxValidationCode.valid
        /// Whether commits are ever found.
        var isOrdering = true
        var submitted: [FabricEnvelope] = []
        var calls: [String] = []
    }

    let network: SmallNetwork
    let state = Mutex(State())

    init(_ network: SmallNetwork) { self.network = network }

    /// The answer to one call.
    func answer(_ method: String, _ request: [UInt8]) async throws -> [UInt8] {
        let refusal = state.withLock { state in
            state.calls.append(method)
            let position = state.refusals.firstIndex { $0.method == method }
            return position.map { state.refusals.remove(at: $0).refusal }
        }
        if let refusal { throw refusal }
        switch method {
        case "Endorse": return try endorse(FabricEndorseRequest(serializedBytes: request)).serializedBytes()
        case "Submit":
            let envelope = try FabricSubmitRequest(serializedBytes: request).preparedTransaction
            state.withLock { $0.submitted.append(envelope) }
            return []
        case "CommitStatus":
            let request = try FabricSignedCommitStatusRequest(serializedBytes: request)
            return try await commitStatus(request).serializedBytes()
        default: throw Refusal(status: 12)
        }
    }

    private func endorse(_ request: FabricEndorseRequest) throws -> FabricEndorseResponse {
        let proposal = request.proposedTransaction
        try network.credentials.identity.certificate.verifyLowSignature(
            Array(proposal.signature),
            of: Array(proposal.proposalBytes)
        )
        let (fault, other) = state.withLock { ($0.fault, $0.otherRequest) }
        let envelope = try network.endorsed(other ?? request, fault: fault)
        return FabricEndorseResponse.with { $0.preparedTransaction = envelope }
    }

    private func commitStatus(_ signed: FabricSignedCommitStatusRequest) async throws -> FabricCommitStatusResponse {
        let identity = network.credentials.identity
        try identity.certificate.verifyLowSignature(Array(signed.signature), of: Array(signed.request))
        let request = try FabricCommitStatusRequest(serializedBytes: signed.request)
        guard Array(request.identity) == identity.serialized else {
            throw Refusal(status: 7)
        }
        let (result, isOrdering, submitted) = state.withLock { ($0.result, $0.isOrdering, $0.submitted) }
        let isThere =
            try isOrdering
            && submitted.contains {
                try EndorsedTransaction(envelope: $0.serializedBytes()).id == request.transactionID
            }
        // As a real one: it waits until the transaction is there, or the caller has gone.
        while !isThere { try await Task.sleep(for: .milliseconds(50)) }
        return .with {
            $0.result = result
            $0.blockNumber = 12
        }
    }
}
