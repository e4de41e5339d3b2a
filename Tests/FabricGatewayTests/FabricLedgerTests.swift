import OpenSSL
import Synchronization
import Anchoring
import FabricGateway
import FabricMessages
import Foundation
import SwiftProtobuf
import Testing

/// The adapter against a gateway service on loopback, with faults on the way.
struct FabricLedgerTests {
    private let network: SmallNetwork
    private let gateway: TestGateway
    private let checkpoint = SmallNetwork.checkpoint()

    init() throws {
        network = try SmallNetwork()
        gateway = TestGateway(network)
    }

    /// What is kept after the endorsement.
    private func endorsed(_ ledger: FabricLedger) async throws -> [UInt8] {
        let progress = try await ledger.submit(ledger.prepare(checkpoint), for: checkpoint)
        guard case .replaced(let prepared) = progress else {
            throw OutsiderError(.invalidAnswer, "not endorsed: \(progress)")
        }
        return prepared
    }

    private func failure(_ body: () async throws -> some Any) async -> OutsiderError? {
        do {
            _ = try await body()
            return nil
        } catch { return error as? OutsiderError }
    }

    @Test func checkpointIsAnchored() async throws {
        let files = try await TestGateway.serve(gateway) { url in
            let ledger = try network.ledger(at: url)
            let prepared = try await endorsed(ledger)
            #expect(gateway.state.withLock { $0.submitted.isEmpty })
            guard case .pending(let state, let files, _) = try await ledger.submit(prepared, for: checkpoint),
                case .anchored(let done) = try await ledger.advance(state, prepared: prepared, for: checkpoint)
            else { throw OutsiderError(.invalidAnswer, "not anchored") }
            #expect(files.isEmpty)
            return done
        }
        let file = try #require(files.first)
        #expect(files.count == 1 && file.name == "consortium.fabric")
        let receipt = try FabricReceipt(file.bytes)
        #expect(receipt.blockNumber == 12)
        let trust = AnchorTrust(endorserRoots: network.roots)
        let judgement = FabricAnchor.judgement(of: file, over: checkpoint, companions: [], trust: trust)
        #expect(judgement.standing == .vouched, "\(judgement.found)")
    }

    @Test func tlsIsVerified() async throws {
        try await TestGateway.serve(gateway, isSecured: true) { url in
            let (right, wrong) = (network.tlsCertificate.pem, network.roots[0].pem)
            let ledger = try network.ledger(at: url, rootsPEM: right, serverName: "peer0.org1.example")
            _ = try await endorsed(ledger)
            let other = try network.ledger(
                at: url,
                rootsPEM: right,
                serverName: "peer0.org2.example",
                timeoutSeconds: 2
            )
            #expect(await failure { try await endorsed(other) }?.code == .unreachable)
            let distrustful = try network.ledger(
                at: url,
                rootsPEM: wrong,
                serverName: "peer0.org1.example",
                timeoutSeconds: 2
            )
            #expect(await failure { try await endorsed(distrustful) }?.code == .unreachable)
        }
    }

    /// A peer that misbehaves costs the attempt, and nothing goes out to be ordered.
    @Test(arguments: SmallNetwork.Fault.allCases)
    func badEndorsementIsRefused(fault: SmallNetwork.Fault) async throws {
        gateway.state.withLock { $0.fault = fault }
        try await TestGateway.serve(gateway) { url in
            let error = await failure { try await endorsed(network.ledger(at: url)) }
            #expect(error?.code == .invalidAnswer, "\(fault): \(error?.message ?? "accepted")")
        }
        #expect(gateway.state.withLock { $0.submitted.isEmpty })
    }

    @Test func transactionOfAnotherChannelIsRefused() async throws {
        let elsewhere = FabricLedger(
            name: "elsewhere",
            network: try FabricNetwork(
                endpoint: GatewayEndpoint(url: "http://127.0.0.1:1", rootsPEM: nil),
                channel: "another",
                chaincode: SmallNetwork.chaincode
            ),
            credentials: network.credentials,
            clock: { SmallNetwork.now }
        )
        let request = try await FabricEndorseRequest(serializedBytes: Array(elsewhere.prepare(checkpoint).dropFirst()))
        gateway.state.withLock { $0.otherRequest = request }
        try await TestGateway.serve(gateway) { url in
            let error = await failure { try await endorsed(network.ledger(at: url)) }
            #expect(error?.code == .invalidAnswer)
            #expect(error?.message.contains("channel another") == true, "\(error?.message ?? "accepted")")
        }
    }

    /// The peers' own words reach the operator.
    @Test func refusedEndorsementSaysWhatThePeerSaid() async throws {
        let detail = FabricEndpointError.with {
            $0.address = "peer0.org2.example:7051"
            $0.mspID = "Org2MSP"
            $0.message = "chaincode response 500,\nno such log"
        }
        let status = try RPCStatus.with { $0.details = [try .init(message: detail)] }
        let refusal = TestGateway.Refusal(
            status: 10,
            message: "failed to endorse%20transaction%2C see details",
            details: try status.serializedBytes()
        )
        gateway.state.withLock { $0.refusals = [("Endorse", refusal)] }
        try await TestGateway.serve(gateway) { url in
            let ledger = try network.ledger(at: url)
            let error = await failure { try await endorsed(ledger) }
            #expect(error?.code == .refused)
            let words = "peer0.org2.example:7051 (Org2MSP): chaincode response 500, no such log"
            #expect(error?.message.contains(words) == true, "\(error?.message ?? "accepted")")
            #expect(error?.message.contains("endorse transaction, see") == true)
            // The peer changed its mind.
            _ = try await endorsed(ledger)
        }
    }

    @Test(arguments: [
        (14, OutsiderError.Code.unreachable), (4, .unreachable), (13, .unreachable), (16, .misconfigured),
        (7, .misconfigured), (9, .refused), (8, .refused), (10, .refused), (99, .refused),
    ])
    func failuresAreToldApart(code: Int, expected: OutsiderError.Code) async throws {
        gateway.state.withLock { $0.refusals = [("Endorse", .init(status: code))] }
        try await TestGateway.serve(gateway) { url in
            #expect(await failure { try await endorsed(network.ledger(at: url)) }?.code == expected)
        }
    }

    /// Down between endorsement and submission, and again after it: the same signed envelope goes out each time.
    @Test func gatewayThatComesBackGetsTheSameEnvelope() async throws {
        let prepared = try await TestGateway.serve(gateway) { try await endorsed(network.ledger(at: $0)) }
        let nowhere = try network.ledger(at: "http://127.0.0.1:1", timeoutSeconds: 2)
        #expect(await failure { try await nowhere.submit(prepared, for: checkpoint) }?.code == .unreachable)
        let again = TestGateway(network)
        try await TestGateway.serve(again) { url in
            // Another process, by what was kept alone.
            let ledger = try network.ledger(at: url)
            for _ in 0..<2 { _ = try await ledger.submit(prepared, for: checkpoint) }
            again.state.withLock { $0.refusals = [("CommitStatus", .init(status: 14))] }
            #expect(
                await failure { try await ledger.advance([0], prepared: prepared, for: checkpoint) }?.code
                    == .unreachable
            )
            let done = try await network.ledger(at: url).advance([0], prepared: prepared, for: checkpoint)
            guard case .anchored = done else { throw OutsiderError(.invalidAnswer, "\(done)") }
        }
        let sent = again.state.withLock { $0.submitted }
        #expect(sent.count == 2 && sent[0] == sent[1])
        #expect(again.state.withLock { !$0.calls.contains("Endorse") })
    }

    /// An orderer that loses the transaction: nothing is known of it in time, and it goes out again in the end.
    @Test func lostTransactionGoesOutAgain() async throws {
        gateway.state.withLock { $0.isOrdering = false }
        try await TestGateway.serve(gateway) { url in
            let ledger = try network.ledger(at: url, timeoutSeconds: 1)
            let prepared = try await endorsed(ledger)
            _ = try await ledger.submit(prepared, for: checkpoint)
            let first = try await ledger.advance([0], prepared: prepared, for: checkpoint)
            #expect(first == .pending(state: [1], files: [], pauseSeconds: 5))
            let last = try await ledger.advance([12], prepared: prepared, for: checkpoint)
            #expect(last == .pending(state: [0], files: [], pauseSeconds: 1))
        }
        #expect(gateway.state.withLock { $0.submitted.count } == 2)
    }

    @Test func conflictIsProposedAnewAtOnce() async throws {
        gateway.state.withLock { $0.result = .mvccReadConflict }
        try await TestGateway.serve(gateway) { url in
            let ledger = try network.ledger(at: url)
            let prepared = try await endorsed(ledger)
            _ = try await ledger.submit(prepared, for: checkpoint)
            guard case .replaced(let next) = try await ledger.advance([0], prepared: prepared, for: checkpoint) else {
                throw OutsiderError(.invalidAnswer, "not proposed anew")
            }
            gateway.state.withLock { $0.result = .valid }
            guard case .replaced(let second) = try await ledger.submit(next, for: checkpoint) else {
                throw OutsiderError(.invalidAnswer, "not endorsed")
            }
            _ = try await ledger.submit(second, for: checkpoint)
            let done = try await ledger.advance([0], prepared: second, for: checkpoint)
            guard case .anchored = done else { throw OutsiderError(.invalidAnswer, "\(done)") }
        }
        let ids = try gateway.state.withLock {
            try $0.submitted.map { try EndorsedTransaction(envelope: $0.serializedBytes()).id }
        }
        #expect(Set(ids).count == 2)
    }

    /// What no repetition helps is told first.
    @Test func invalidTransactionIsReportedBeforeItIsMadeAnew() async throws {
        gateway.state.withLock { $0.result = .endorsementPolicyFailure }
        try await TestGateway.serve(gateway) { url in
            let ledger = try network.ledger(at: url)
            let prepared = try await endorsed(ledger)
            _ = try await ledger.submit(prepared, for: checkpoint)
            let error = await failure { try await ledger.advance([0], prepared: prepared, for: checkpoint) }
            #expect(error?.code == .refused)
            #expect(error?.message.contains("endorsementPolicyFailure") == true)
            guard case .replaced = try await ledger.advance([0], prepared: prepared, for: checkpoint) else {
                throw OutsiderError(.invalidAnswer, "not proposed anew")
            }
        }
    }

    @Test func keptBytesOfNoStepAreRefused() async throws {
        let ledger = try network.ledger(at: "http://127.0.0.1:1", timeoutSeconds: 1)
        let kept: [[UInt8]] = [[], [0], [3, 1], [1, 0xFF], [2, 0x0A, 5]]
        for bytes in kept {
            #expect(await failure { try await ledger.submit(bytes, for: checkpoint) }?.code == .misconfigured)
        }
        let proposal = try await ledger.prepare(checkpoint)
        #expect(
            await failure { try await ledger.advance([0], prepared: proposal, for: checkpoint) }?.code
                == .misconfigured
        )
    }
}
