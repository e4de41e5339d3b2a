public import Anchoring
import FabricMessages
import FoundationEssentials
import OpenSSL
import SwiftProtobuf
import Synchronization

/// Anchors checkpoints on a channel of Hyperledger Fabric through a peer's gateway service. Experimental: it was made
/// after the published messages, and never ran against a network.
///
/// A signed proposal is prepared and endorsed, the endorsed transaction is signed and kept, submitted as the same bytes
/// however often, and its commit asked for. A transaction has one id, and the network takes it once.
public final class FabricLedger: Outsider {
    public let name: String
    /// Calls do not depend on each other: the chaincode only writes.
    public var concurrency: Int { 4 }

    let network: FabricNetwork
    private let credentials: FabricCredentials
    private let connection: GatewayConnection
    private let clock: @Sendable () -> Int64
    /// Transactions found invalid, which were reported once and are made anew when they are asked for again.
    private let reported = Mutex<Set<String>>([])

    /// A commit takes seconds; it is asked for again this often.
    private static let pauseSeconds = 5
    /// After so many askings without an answer, the same transaction goes out again: an orderer may have lost it.
    private static let askingLimit: UInt8 = 12

    /// - Parameters:
    ///   - name: As configured: small letters, digits and hyphens.
    ///   - timeoutSeconds: Of each call to the gateway.
    ///   - clock: Seconds since 1970, for the headers of transactions.
    public init(
        name: String,
        network: FabricNetwork,
        credentials: FabricCredentials,
        timeoutSeconds: Int = 30,
        clock: @escaping @Sendable () -> Int64
    ) {
        self.name = name
        self.network = network
        self.credentials = credentials
        self.clock = clock
        connection = GatewayConnection(
            connection: GRPCConnection(endpoint: network.endpoint, timeoutSeconds: timeoutSeconds)
        )
    }

    public func prepare(_ checkpoint: OutgoingCheckpoint) async throws -> [UInt8] { try proposal(for: checkpoint) }

    /// A crash after the endorsement and before it is kept loses nothing: the same proposal is endorsed again.
    public func submit(_ prepared: [UInt8], for checkpoint: OutgoingCheckpoint) async throws -> AnchorProgress {
        switch try GatewayStep(prepared) {
        case .endorse(let request):
            return .replaced(prepared: try await endorsed(request, for: checkpoint).bytes)
        case .submit(let request):
            try await told { try await connection.submit(request) }
            return .pending(state: [0], files: [], pauseSeconds: 1)
        }
    }

    public func advance(
        _ state: [UInt8],
        prepared: [UInt8],
        for checkpoint: OutgoingCheckpoint
    ) async throws -> AnchorProgress {
        guard case .submit(let request) = try GatewayStep(prepared) else {
            throw OutsiderError(.misconfigured, "A proposal that was not submitted is not asked for.")
        }
        let askings = state.first ?? 0
        guard let status = try await told({ try await connection.commitStatus(statusRequest(for: request)) }) else {
            guard askings >= Self.askingLimit else {
                return .pending(state: [askings + 1], files: [], pauseSeconds: Self.pauseSeconds)
            }
            return try await submit(prepared, for: checkpoint)
        }
        guard status.result == .valid else { return try invalid(status.result, request, for: checkpoint) }
        let receipt = FabricReceipt(
            envelope: FabricWire.bytes(request.preparedTransaction),
            blockNumber: status.blockNumber,
            validation: "VALID"
        )
        return .anchored([AnchorFile(name: name + FabricAnchor.ending, bytes: receipt.bytes)])
    }

    private func proposal(for checkpoint: OutgoingCheckpoint) throws -> [UInt8] {
        let request = try ProposalMaker(network: network, credentials: credentials).endorseRequest(
            for: checkpoint,
            nonce: SecureRandom.bytes(ProposalMaker.nonceByteCount),
            seconds: clock()
        )
        return GatewayStep.endorse(request).bytes
    }

    private func endorsed(
        _ request: FabricEndorseRequest,
        for checkpoint: OutgoingCheckpoint
    ) async throws -> GatewayStep {
        var envelope = try await told { try await connection.endorse(request) }.preparedTransaction
        let payload = Array(envelope.payload)
        do {
            let transaction = try EndorsedTransaction(payload: payload)
            try transaction.verify(isAnswerTo: request, network)
            try transaction.verify(anchors: checkpoint)
            try transaction.verifyEndorsements()
            try transaction.verify(rootsOf: network)
        } catch let error as FabricError {
            throw OutsiderError(.invalidAnswer, "The gateway's endorsed transaction is refused: \(error.message)")
        }
        envelope.signature = .init(try credentials.signature(of: payload))
        return .submit(
            FabricSubmitRequest.with {
                $0.transactionID = request.transactionID
                $0.channelID = request.channelID
                $0.preparedTransaction = envelope
            }
        )
    }

    /// A transaction that the network found invalid stays so: another conflicts no more and goes out at once; with any
    /// other reason the operator is told first, and it goes out when the caller asks again.
    private func invalid(
        _ code: FabricTxValidationCode,
        _ request: FabricSubmitRequest,
        for checkpoint: OutgoingCheckpoint
    ) throws -> AnchorProgress {
        let isConflict = code == .mvccReadConflict || code == .phantomReadConflict
        guard isConflict || reported.withLock({ $0.remove(request.transactionID) }) != nil else {
            reported.withLock { _ = $0.insert(request.transactionID) }
            throw OutsiderError(
                .refused,
                "The network found transaction \(request.transactionID) invalid (\(code)). A new one goes out at "
                    + "the next attempt; until it is valid, look at the chaincode's endorsement policy."
            )
        }
        return .replaced(prepared: try proposal(for: checkpoint))
    }

    private func statusRequest(for request: FabricSubmitRequest) throws -> FabricSignedCommitStatusRequest {
        let content = FabricCommitStatusRequest.with {
            $0.transactionID = request.transactionID
            $0.channelID = request.channelID
            $0.identity = .init(credentials.identity.serialized)
        }
        let bytes = FabricWire.bytes(content)
        let signature = try credentials.signature(of: bytes)
        return FabricSignedCommitStatusRequest.with {
            $0.request = .init(bytes)
            $0.signature = .init(signature)
        }
    }

    private func told<Answer>(_ call: () async throws -> Answer) async throws -> Answer {
        do { return try await call() } catch let failure as GatewayFailure { throw failure.outsider }
    }
}
