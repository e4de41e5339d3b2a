import Anchoring
import Bytes
import Foundation
import OpenSSL
import Testing

/// How nodes of different chains differ, and what goes wrong between us and them. See `Vectors/evm-nodes/SOURCE.md`.
@Suite struct EVMNodeTests {
    struct Refusal: Sendable, CustomTestStringConvertible {
        let node: String
        let answer: String
        let expect: String
        var testDescription: String { "\(node): \(answer)" }

        static func all() throws -> [Refusal] {
            let list = try JSONSerialization.jsonObject(with: Data(Vectors.bytes("evm-nodes/refusals.json")))
            return try (list as? [[String: Any]] ?? []).map { entry in
                let answer = try JSONSerialization.data(withJSONObject: entry["answer"] as Any, options: .sortedKeys)
                return Refusal(
                    node: entry["node"] as? String ?? "",
                    answer: String(decoding: answer, as: UTF8.self),
                    expect: entry["expect"] as? String ?? ""
                )
            }
        }
    }

    private func ledger(_ node: ScriptedNode, proof: EVMLedgerSettings.Proof = .header) throws -> EVMLedger {
        try LedgerFixture(url: "http://node.example", seed: 7, exchange: node.exchange)
            .ledger(chainID: 5, type: .legacy, proof: proof)
    }

    @Test func everyNodesWordsAreUnderstood() async throws {
        let refusals = try Refusal.all()
        #expect(refusals.count == 28)
        let checkpoint = LedgerFixture.checkpoint(size: 3)
        for refusal in refusals {
            let node = ScriptedNode()
            let ledger = try ledger(node)
            let prepared = try await ledger.prepare(checkpoint)
            node.set("eth_sendRawTransaction", refusal.answer)
            // Our number is over now, or an earlier one is missing.
            node.set("eth_getTransactionCount", refusal.answer.contains("distant") ? "\"0x3\"" : "\"0x7\"")
            let result: String
            do {
                switch try await ledger.submit(prepared, for: checkpoint) {
                case .pending: result = "sent"
                case .anchored: result = "anchored"
                case .replaced(let next):
                    result = try nonce(next) == nonce(prepared) ? "raised" : "renumbered"
                }
            } catch let error as OutsiderError {
                result = "\(error.code)"
            }
            #expect(result == refusal.expect, "\(refusal)")
        }
    }

    private func nonce(_ prepared: [UInt8]) throws -> UInt64 {
        try SignedTransaction(#require(RLP(prepared).list?.first?.bytes)).nonce
    }

    /// A refusal in words that nobody knows, of a transaction that the node has all the same.
    @Test func whatTheNodeHasIsSent() async throws {
        let node = ScriptedNode()
        let ledger = try ledger(node)
        let checkpoint = LedgerFixture.checkpoint(size: 3)
        let prepared = try await ledger.prepare(checkpoint)
        node.set("eth_sendRawTransaction", #"{"jsonrpc":"2.0","id":1,"error":{"code":-1,"message":"déjà vu"}}"#)
        await expectOutsider(.refused, "déjà vu") { try await ledger.submit(prepared, for: checkpoint) }
        node.set("eth_getTransactionByHash", #"{"hash":"0x00"}"#)
        #expect(try await ledger.submit(prepared, for: checkpoint).state != nil)
    }

    @Test func aChainThatStopsAndGoesOn() async throws {
        let node = ScriptedNode()
        let ledger = try ledger(node)
        let checkpoint = LedgerFixture.checkpoint(size: 3)
        let prepared = try await ledger.prepare(checkpoint)
        node.set("eth_chainId", nil)
        await expectOutsider(.unreachable, "eth_chainId") { try await ledger.submit(prepared, for: checkpoint) }
        node.set("eth_chainId", "\"0x05\"")
        #expect(try await ledger.submit(prepared, for: checkpoint).state != nil)
    }

    @Test func anotherChainGetsNothing() async throws {
        let node = ScriptedNode()
        let ledger = try ledger(node)
        let checkpoint = LedgerFixture.checkpoint(size: 3)
        let prepared = try await ledger.prepare(checkpoint)
        node.set("eth_chainId", "\"0x1\"")
        await expectOutsider(.misconfigured, "chain 1, not 5") { try await ledger.submit(prepared, for: checkpoint) }
        await expectOutsider(.misconfigured, "chain 1, not 5") {
            try await ledger.advance([], prepared: prepared, for: checkpoint)
        }
        #expect(!node.methods.contains("eth_sendRawTransaction"))
    }

    @Test(arguments: [
        "", "[]", "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}", "null", "\"0xzz\"",
        "\"0x\(String(repeating: "f", count: 66))\"",
    ])
    func nonsenseIsRefused(answer: String) async throws {
        let node = ScriptedNode(["eth_chainId": answer])
        let ledger = try ledger(node)
        await expectOutsider(.invalidAnswer, "eth_chainId") {
            try await ledger.prepare(LedgerFixture.checkpoint(size: 3))
        }
    }

    /// A call of an empty account would succeed, do nothing and use up the number that the contract's place needs.
    @Test func withoutAContractNothingIsMade() async throws {
        let node = ScriptedNode(["eth_getCode": "\"0x\""])
        await expectOutsider(.misconfigured, "Run: cinnabar anchors ledger dev deploy") {
            try await ledger(node).prepare(LedgerFixture.checkpoint(size: 3))
        }
        #expect(node.methods == ["eth_chainId", "eth_getCode"])
    }

    /// FISCO BCOS gives what a reverted call leaves as a result.
    @Test func aRevertGivenAsAResultIsARevert() async throws {
        let words = Array("writer".utf8) + [UInt8](repeating: 0, count: 26)
        let text =
            [0x08, 0xc3, 0x79, 0xa0] + [UInt8](repeating: 0, count: 31) + [32] + [UInt8](repeating: 0, count: 31)
            + [6] + words
        let node = ScriptedNode([
            "eth_call": "\"0x\(Hex.encode(text))\"", "eth_getBalance": "\"0x00\"",
        ])
        await expectOutsider(.misconfigured, "refuses the call") {
            try await ledger(node).status(origin: LedgerFixture.origin)
        }
    }

    /// A block with hardly a field: proven by nothing, so it is taken only where the configuration says so.
    @Test func aBlockWithoutAHeaderIsTheProvidersWord() async throws {
        let node = ScriptedNode()
        let ledger = try ledger(node, proof: .provider)
        let checkpoint = LedgerFixture.checkpoint(size: 3)
        let prepared = try await ledger.prepare(checkpoint)
        let state = try #require(try await ledger.submit(prepared, for: checkpoint).state)
        try answerMinimally(node, ledger, prepared, checkpoint)
        let file = try #require(try await ledger.advance(state, prepared: prepared, for: checkpoint).file)
        let judgement = EVMAnchor.judgement(of: file, over: checkpoint, companions: [], trust: AnchorTrust())
        #expect(judgement.standing == .sound, "\(judgement)")
        #expect(judgement.seconds == 1_700_000_123)
        await expectOutsider(.invalidAnswer, "set proof to provider") {
            try await self.ledger(node).advance(state, prepared: prepared, for: checkpoint)
        }
    }

    /// Numbers at the end of their range are an answer that is no good, and no crash.
    @Test(arguments: [
        (["\"transactionIndex\": \"0x00\"": "\"transactionIndex\": \"0x7fffffffffffffff\""], "does not have the place"),
        (["\"transactionIndex\": \"0x00\"": "\"transactionIndex\": \"0xffffffffffffffff\""], "half of one"),
        (
            [
                "\"blockNumber\": 12": "\"blockNumber\": \"0x0\"",
                "\"number\": \"0x0c\"": "\"number\": \"0xffffffffffffffff\"",
            ], "past all limits"
        ),
    ])
    func hugeNumbersAreRefused(changes: [String: String], words: String) async throws {
        let node = ScriptedNode()
        let ledger = try ledger(node, proof: .provider)
        let checkpoint = LedgerFixture.checkpoint(size: 3)
        let prepared = try await ledger.prepare(checkpoint)
        let state = try #require(try await ledger.submit(prepared, for: checkpoint).state)
        try answerMinimally(node, ledger, prepared, checkpoint, changes: changes)
        await expectOutsider(.invalidAnswer, words) {
            try await ledger.advance(state, prepared: prepared, for: checkpoint)
        }
    }

    private func answerMinimally(
        _ node: ScriptedNode,
        _ ledger: EVMLedger,
        _ prepared: [UInt8],
        _ checkpoint: OutgoingCheckpoint,
        changes: [String: String] = [:]
    ) throws {
        let transaction = try SignedTransaction(#require(RLP(prepared).list?.first?.bytes))
        let anchor = try #require(AnchorContract.Anchor(callData: transaction.data))
        let size = String(repeating: "0", count: 63) + "3"
        var text = String(decoding: try Vectors.bytes("evm-nodes/minimal.json"), as: UTF8.self)
        let event = Keccak256.digest(of: Array("Anchored(bytes32,uint64,bytes32,bytes32,uint64)".utf8))
        for (name, value) in [
            ("TRANSACTION", transaction.hash.hex.uppercased()),
            ("CONTRACT", String("\(ledger.settings.contract)".dropFirst(2))),
            ("TOPIC", event.hex), ("LOG", anchor.logID.hex), ("SIZE", size), ("ROOT", checkpoint.root.hex),
            ("DATA", checkpoint.signedDigest.hex + String(repeating: "0", count: 64)),
        ] { text = text.replacing("\"\(name)\"", with: "\"0x\(value)\"") }
        for (truth, lie) in changes {
            #expect(text.contains(truth))
            text = text.replacing(truth, with: lie)
        }
        let parts = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        func part(_ name: String) throws -> String {
            String(decoding: try JSONSerialization.data(withJSONObject: parts[name] as Any), as: UTF8.self)
        }
        node.set("eth_getTransactionReceipt", try part("receipt"))
        node.set("eth_getBlockByHash", try part("block"))
        node.set("eth_getBlockByNumber", try part("block"))
    }
}
