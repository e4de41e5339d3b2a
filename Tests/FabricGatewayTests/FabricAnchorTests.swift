import OpenSSL
import Anchoring
import FabricGateway
import FabricMessages
import Foundation
import SwiftProtobuf
import Testing

/// What a checker makes of `<name>.fabric` with no network.
struct FabricAnchorTests {
    private let network: SmallNetwork
    private let request: FabricEndorseRequest
    private let checkpoint = SmallNetwork.checkpoint()

    init() async throws {
        network = try SmallNetwork()
        let prepared = try await network.ledger(at: "http://127.0.0.1:1").prepare(checkpoint)
        request = try FabricEndorseRequest(serializedBytes: Array(prepared.dropFirst()))
    }

    private func judgement(
        of bytes: [UInt8],
        over checkpoint: OutgoingCheckpoint? = nil,
        trust: AnchorTrust = AnchorTrust()
    ) -> AnchorJudgement {
        FabricAnchor.judgement(
            of: AnchorFile(name: "consortium.fabric", bytes: bytes),
            over: checkpoint ?? self.checkpoint,
            companions: [],
            trust: trust
        )
    }

    @Test func endorsersThatTheCheckerNamedVouch() throws {
        let bytes = try network.receipt(for: request).bytes
        let judgement = judgement(of: bytes, trust: AnchorTrust(endorserRoots: network.roots))
        #expect(judgement.standing == .vouched, "\(judgement.found)")
        #expect(judgement.found.contains("CN=peer0.Org1 (Org1MSP); CN=peer0.Org2 (Org2MSP)"))
        #expect(judgement.found.contains("roots (2)"))
        #expect(judgement.remains?.contains("the gateway's word") == true)
        #expect(judgement.seconds == nil, "Fabric's blocks carry no time.")
    }

    /// Only endorsements under named roots count.
    @Test func endorsersThatNobodyNamedAreSoundAtMost() throws {
        let bytes = try network.receipt(for: request).bytes
        #expect(judgement(of: bytes).standing == .sound)
        let other = AnchorTrust(endorserRoots: [network.stranger.root])
        #expect(judgement(of: bytes, trust: other).standing == .sound)
        let one = judgement(of: bytes, trust: AnchorTrust(endorserRoots: [network.roots[1]]))
        #expect(one.standing == .vouched)
        #expect(!one.found.contains("Org1MSP") && one.found.contains("roots (1)"))
        let forged = try network.receipt(for: request, fault: .forgedOrganization).bytes
        let second = AnchorTrust(endorserRoots: [network.roots[1]])
        #expect(judgement(of: forged, trust: second).standing == .sound, "A name is not a certificate.")
    }

    /// One who sends a transaction and endorses it, too, is counted once: as its sender.
    @Test func theSendersOwnEndorsementDoesNotCount() async throws {
        let sender = network.known[0]
        let ledger = FabricLedger(
            name: "consortium",
            network: try FabricNetwork(
                endpoint: GatewayEndpoint(url: "http://127.0.0.1:1", rootsPEM: nil),
                channel: SmallNetwork.channel,
                chaincode: SmallNetwork.chaincode
            ),
            credentials: try FabricCredentials(
                organization: sender.peer.organization,
                certificatePEM: sender.peer.certificate.pem,
                keyPEM: sender.peerKey.pem
            ),
            clock: { SmallNetwork.now }
        )
        let prepared = try await ledger.prepare(checkpoint)
        var envelope = try network.endorsed(FabricEndorseRequest(serializedBytes: Array(prepared.dropFirst())))
        envelope.signature = .init(try sender.peerKey.signature(of: Array(envelope.payload)))
        let bytes = FabricReceipt(
            envelope: try envelope.serializedBytes(),
            blockNumber: 12,
            validation: "VALID"
        ).bytes
        let own = judgement(of: bytes, trust: AnchorTrust(endorserRoots: [sender.root]))
        #expect(own.standing == .sound, "\(own.found)")
        let both = judgement(of: bytes, trust: AnchorTrust(endorserRoots: network.roots))
        #expect(both.standing == .vouched && both.found.contains("roots (1)"), "\(both.found)")
        #expect(!both.found.contains("peer0.Org1"))
    }

    @Test(
        arguments: SmallNetwork.Fault.allCases.filter { ![.unknownOrganization, .forgedOrganization].contains($0) }
    )
    func faultyTransactionsFail(fault: SmallNetwork.Fault) throws {
        let bytes = try network.receipt(for: request, fault: fault).bytes
        let judgement = judgement(of: bytes, trust: AnchorTrust(endorserRoots: network.roots))
        #expect(judgement.standing == .failed, "\(fault)")
    }

    @Test func anotherCheckpointFails() throws {
        let bytes = try network.receipt(for: request).bytes
        #expect(judgement(of: bytes, over: SmallNetwork.checkpoint(size: 8)).standing == .failed)
        let resigned = OutgoingCheckpoint(
            origin: checkpoint.origin,
            size: checkpoint.size,
            root: checkpoint.root,
            signed: checkpoint.signed + [10]
        )
        #expect(judgement(of: bytes, over: resigned).standing == .failed)
    }

    @Test func whatTheNetworkRefusedFails() throws {
        let bytes = try network.receipt(for: request, validation: "MVCC_READ_CONFLICT").bytes
        #expect(judgement(of: bytes, trust: AnchorTrust(endorserRoots: network.roots)).standing == .failed)
    }

    /// Any bit of the envelope matters: what the creator signed, and what is not signed but checked.
    @Test func alteredEnvelopesFail() throws {
        let receipt = try network.receipt(for: request)
        for position in stride(from: 0, to: receipt.envelope.count, by: 7) {
            var envelope = receipt.envelope
            envelope[position] ^= 1
            let altered = FabricReceipt(envelope: envelope, blockNumber: 12, validation: "VALID")
            #expect(judgement(of: altered.bytes).standing == .failed, "byte \(position)")
        }
    }

    /// One spelling, nothing more and nothing less.
    @Test func receiptsAreReadAsWritten() throws {
        let receipt = try network.receipt(for: request)
        #expect(try FabricReceipt(receipt.bytes) == receipt)
        let text = String(decoding: receipt.bytes, as: UTF8.self)
        let others = [
            "", "{}", text + "\n", String(text.dropLast()), text.replacing("\"12\"", with: "\"012\""),
            text.replacing("\"12\"", with: "12"), text.replacing("receipt-1", with: "receipt-2"),
            text.replacing("VALID\"", with: "VALID\", "), text.replacing("VALID", with: "valid"),
            text.replacing("  \"block", with: "\t\"block"), text.replacing("==\"", with: "\""),
            text.replacing("{\n", with: "{\n  \"more\": \"\",\n"),
            String(repeating: " ", count: FabricReceipt.byteLimit) + text,
        ]
        for other in others where other != text {
            let error = #expect(throws: FabricError.self) { try FabricReceipt(Array(other.utf8)) }
            #expect(error?.code == .malformed)
        }
    }

    @Test func differingReceiptsAreKeptSideBySide() throws {
        let first = try network.receipt(for: request).bytes
        let second = try network.receipt(for: request).bytes
        #expect(first != second)
        #expect(FabricAnchor.joined(first, first) == first)
        #expect(FabricAnchor.joined(first, second) == nil)
    }

    @Test func kindIsKnown() {
        #expect(AnchorKinds.kind(of: "consortium.fabric") == FabricAnchor.self)
    }
}
