import FabricGateway
import Anchoring
import FabricMessages
import Foundation
import OpenSSL
import SwiftProtobuf
import Testing

/// One whole exchange, kept as bytes: `Vectors/exchange/SOURCE.md` says how it was constructed. What was once given
/// out must be read the same for ever.
struct ExchangeTests {
    private func bytes(_ name: String) throws -> [UInt8] {
        let url = try #require(Bundle.module.url(forResource: "Vectors/exchange/\(name)", withExtension: nil))
        return try Array(Data(contentsOf: url))
    }

    private func checkpoint() throws -> OutgoingCheckpoint {
        let signed = try bytes("checkpoint.signed")
        let checkpoint = SmallNetwork.checkpoint()
        #expect(checkpoint.signed == signed)
        return checkpoint
    }

    @Test func keptReceiptVouches() throws {
        let roots = try SigningCertificate.list(pem: String(decoding: bytes("roots.pem"), as: UTF8.self))
        let file = AnchorFile(name: "consortium.fabric", bytes: try bytes("consortium.fabric"))
        let judgement = FabricAnchor.judgement(
            of: file,
            over: try checkpoint(),
            companions: [],
            trust: AnchorTrust(endorserRoots: roots)
        )
        #expect(judgement.standing == .vouched, "\(judgement.found)")
        let command = try #require(judgement.command)
        #expect(command.contains("FOLDER/anchors/consortium.fabric"))
    }

    /// Each message has the parts of the next, so that the exchange is one.
    @Test func messagesBelongTogether() throws {
        let request = try FabricEndorseRequest(serializedBytes: bytes("endorse-request.bin"))
        let answer = try FabricEndorseResponse(serializedBytes: bytes("endorse-response.bin"))
        let submission = try FabricSubmitRequest(serializedBytes: bytes("submit-request.bin"))
        let status = try FabricCommitStatusResponse(serializedBytes: bytes("commit-status-response.bin"))
        #expect(answer.preparedTransaction.payload == submission.preparedTransaction.payload)
        #expect(answer.preparedTransaction.signature.isEmpty)
        #expect([request.transactionID, submission.transactionID].allSatisfy { $0.count == 64 })
        let receipt = try FabricReceipt(bytes("consortium.fabric"))
        #expect(try receipt.envelope == submission.preparedTransaction.serializedBytes())
        #expect(status.result == .valid && status.blockNumber == receipt.blockNumber)
        let transaction = try EndorsedTransaction(envelope: receipt.envelope)
        #expect(transaction.id == request.transactionID)
        #expect(transaction.channel == "notary" && transaction.chaincode == "cinnabar")
        #expect(try transaction.arguments == FabricCall(checkpoint()).arguments)
        #expect(transaction.creator.organization == "Org1MSP")
    }

    /// Makes the exchange anew, in the folder that the environment variable names.
    @Test(.enabled(if: ProcessInfo.processInfo.environment["CINNABAR_FABRIC_EXCHANGE"] != nil))
    func makeExchange() async throws {
        let folder = URL(filePath: ProcessInfo.processInfo.environment["CINNABAR_FABRIC_EXCHANGE"] ?? "")
        let network = try SmallNetwork()
        let checkpoint = SmallNetwork.checkpoint()
        let prepared = try await network.ledger(at: "http://127.0.0.1:1").prepare(checkpoint)
        let request = try FabricEndorseRequest(serializedBytes: Array(prepared.dropFirst()))
        var envelope = try network.endorsed(request)
        let answer = FabricEndorseResponse.with { $0.preparedTransaction = envelope }
        envelope.signature = .init(try network.clientKey.signature(of: Array(envelope.payload)))
        let submission = FabricSubmitRequest.with {
            $0.transactionID = request.transactionID
            $0.channelID = request.channelID
            $0.preparedTransaction = envelope
        }
        let receipt = FabricReceipt(
            envelope: try envelope.serializedBytes(),
            blockNumber: 12,
            validation: "VALID"
        )
        let files: [(String, [UInt8])] = [
            ("checkpoint.signed", checkpoint.signed), ("roots.pem", Array(network.roots.map(\.pem).joined().utf8)),
            ("endorse-request.bin", try request.serializedBytes()),
            ("endorse-response.bin", try answer.serializedBytes()),
            ("submit-request.bin", try submission.serializedBytes()),
            (
                "commit-status-response.bin",
                try FabricCommitStatusResponse.with { $0.blockNumber = 12 }.serializedBytes()
            ),
            ("consortium.fabric", receipt.bytes),
        ]
        for (name, bytes) in files { try Data(bytes).write(to: folder.appending(path: name)) }
    }
}
