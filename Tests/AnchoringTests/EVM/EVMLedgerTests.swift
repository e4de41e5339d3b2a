import Anchoring
import Bytes
import Foundation
import Secp256k1
import Testing

/// Anchors on a real chain of one node. Not run where its Python packages are not: `tools/devledger install`.
@Suite(.enabled(if: DevelopmentLedger.isInstalled, "no development chain: run tools/devledger install"), .serialized)
struct EVMLedgerTests {
    /// From nothing to a receipt that holds, and fails when a byte of it or of the checkpoint is changed.
    @Test(arguments: EVMLedgerSettings.TransactionType.allCases)
    func anAnchorIsProvenOffline(type: EVMLedgerSettings.TransactionType) async throws {
        let chain = try DevelopmentLedger.shared.get()
        let fixture = try await LedgerFixture.opened(chain)
        let ledger = fixture.ledger(type: type)
        let checkpoint = LedgerFixture.checkpoint(size: 1000)
        let prepared = try await ledger.prepare(checkpoint)
        let state = try #require(try await ledger.submit(prepared, for: checkpoint).state)
        // Another account's transaction in the same block, so that the tries have more than one value.
        try await chain.control("dev_fund", "\"\(fixture.contract)\"")
        #expect(try await ledger.advance(state, prepared: prepared, for: checkpoint).state != nil)
        try await chain.mine()
        let file = try #require(try await ledger.advance(state, prepared: prepared, for: checkpoint).file)
        #expect(file.name == "dev.evm.json")

        let judgement = EVMAnchor.judgement(of: file, over: checkpoint, companions: [], trust: AnchorTrust())
        #expect(judgement.standing == .sound, "\(judgement)")
        #expect(judgement.isSelfOperated)
        let receipt = try EVMReceipt(file.bytes)
        #expect(receipt.transactionIndex <= 1)
        let block = AnchorTrust.Block(
            chain: "eip155:\(receipt.chainId)",
            height: receipt.block.number,
            hash: String(receipt.block.hash.dropFirst(2))
        )
        let known = EVMAnchor.judgement(of: file, over: checkpoint, companions: [], trust: AnchorTrust(blocks: [block]))
        #expect(known.standing == .vouched)
        let other = AnchorTrust.Block(chain: block.chain, height: block.height, hash: String(repeating: "0", count: 64))
        let unknown = EVMAnchor.judgement(
            of: file,
            over: checkpoint,
            companions: [],
            trust: AnchorTrust(blocks: [other])
        )
        #expect(unknown.standing == .failed)
        try expectEveryChangeToShow(in: file, over: checkpoint)

        let wrong = LedgerFixture.checkpoint(size: 1001)
        #expect(
            EVMAnchor.judgement(of: file, over: wrong, companions: [], trust: AnchorTrust()).standing == .failed
        )
        try await crosscheck(file, checkpoint)
    }

    /// Each digit of what is in hexadecimal, as far as the block's hash binds it.
    private func expectEveryChangeToShow(in file: AnchorFile, over checkpoint: OutgoingCheckpoint) throws {
        let text = file.bytes
        var inside = false
        var changed = 0
        for index in text.indices.dropFirst(2) {
            if text[index] == UInt8(ascii: "x"), text[index - 1] == UInt8(ascii: "0"),
                text[index - 2] == UInt8(ascii: "\"")
            {
                inside = true
                continue
            }
            if text[index] == UInt8(ascii: "\"") { inside = false }
            guard inside, changed < 5000, index % 7 == 0 else { continue }
            var altered = text
            altered[index] = text[index] == UInt8(ascii: "0") ? UInt8(ascii: "1") : UInt8(ascii: "0")
            changed += 1
            let judgement = EVMAnchor.judgement(
                of: AnchorFile(name: file.name, bytes: altered),
                over: checkpoint,
                companions: [],
                trust: AnchorTrust()
            )
            #expect(judgement.standing == .failed, "byte \(index)")
        }
        #expect(changed > 300)
    }

    /// eth-account, rlp and trie say the same, where the crosscheck's packages are there.
    private func crosscheck(_ file: AnchorFile, _ checkpoint: OutgoingCheckpoint) async throws {
        guard let folder = ProcessInfo.processInfo.environment["CINNABAR_KEEP_RECEIPTS"] else { return }
        try Data(file.bytes).write(to: URL(filePath: folder).appending(path: file.name))
        try Data(checkpoint.signed).write(to: URL(filePath: folder).appending(path: "checkpoint.signed"))
    }

    @Test func laterCheckpointsThatStandThereAreHarmless() async throws {
        let chain = try DevelopmentLedger.shared.get()
        let fixture = try await LedgerFixture.opened(chain)
        let ledger = fixture.ledger(finality: .finalized)
        for size in [2000, 1000, 2000] as [UInt64] {
            let checkpoint = LedgerFixture.checkpoint(size: size)
            let file = try #require(try await anchored(checkpoint, by: ledger, on: chain))
            let judgement = EVMAnchor.judgement(of: file, over: checkpoint, companions: [], trust: AnchorTrust())
            #expect(judgement.standing == .sound, "\(judgement)")
        }
        let status = try await ledger.status(origin: LedgerFixture.origin)
        #expect(status.size == 2000)
        #expect(status.writer == fixture.address)
    }

    /// Prepares, sends and asks once it is in a block.
    private func anchored(
        _ checkpoint: OutgoingCheckpoint,
        by ledger: EVMLedger,
        on chain: DevelopmentLedger
    ) async throws -> AnchorFile? {
        let prepared = try await ledger.prepare(checkpoint)
        let state = try #require(try await ledger.submit(prepared, for: checkpoint).state)
        try await chain.mine()
        return try await ledger.advance(state, prepared: prepared, for: checkpoint).file
    }

    /// Two trees of one size: the contract tells it, and no receipt of the second is taken for a proof.
    @Test func aForkOfTheLogIsTold() async throws {
        let chain = try DevelopmentLedger.shared.get()
        let fixture = try await LedgerFixture.opened(chain)
        let ledger = fixture.ledger()
        let first = LedgerFixture.checkpoint(size: 8)
        #expect(try await anchored(first, by: ledger, on: chain) != nil)
        let other = LedgerFixture.checkpoint(size: 9)
        let fork = OutgoingCheckpoint(origin: first.origin, size: 8, root: other.root, signed: other.signed)
        await expectOutsider(.invalidAnswer, "another tree of this size") {
            try await anchored(fork, by: ledger, on: chain)
        }
    }

    @Test func sentTwiceIsSentOnce() async throws {
        let chain = try DevelopmentLedger.shared.get()
        let fixture = try await LedgerFixture.opened(chain)
        let ledger = fixture.ledger()
        let checkpoint = LedgerFixture.checkpoint(size: 5)
        let prepared = try await ledger.prepare(checkpoint)
        _ = try await ledger.submit(prepared, for: checkpoint)
        #expect(try await ledger.submit(prepared, for: checkpoint).state != nil)
        try await chain.mine()
        // After a crash the same bytes again: known to the chain, though their number is used by now.
        let state = try #require(try await ledger.submit(prepared, for: checkpoint).state)
        #expect(try await ledger.advance(state, prepared: prepared, for: checkpoint).file != nil)
        #expect(try await ledger.status(origin: LedgerFixture.origin).size == 5)
    }

    @Test func aReorganizationThatDropsOursIsMadeGood() async throws {
        let chain = try DevelopmentLedger.shared.get()
        let fixture = try await LedgerFixture.opened(chain)
        let ledger = fixture.ledger(finality: .depth(3))
        let checkpoint = LedgerFixture.checkpoint(size: 9)
        let prepared = try await ledger.prepare(checkpoint)
        var state = try #require(try await ledger.submit(prepared, for: checkpoint).state)
        try await chain.mine()
        state = try #require(try await ledger.advance(state, prepared: prepared, for: checkpoint).state)
        try await chain.control("dev_reorganize", "1")
        #expect(try await ledger.status(origin: LedgerFixture.origin).size == 0)
        // Gone: sent again as the same bytes.
        state = try #require(try await ledger.advance(state, prepared: prepared, for: checkpoint).state)
        try await chain.mine()
        state = try #require(try await ledger.advance(state, prepared: prepared, for: checkpoint).state)
        try await chain.mine()
        try await chain.mine()
        let file = try #require(try await ledger.advance(state, prepared: prepared, for: checkpoint).file)
        #expect(try EVMReceipt(file.bytes).finality.confirmations == 3)
        #expect(try await ledger.status(origin: LedgerFixture.origin).size == 9)
    }

    @Test func whatIsStuckIsReplacedUpToTheCeiling() async throws {
        let chain = try DevelopmentLedger.shared.get()
        let fixture = try await LedgerFixture.opened(chain)
        let ledger = fixture.ledger(ceiling: 6_000_000_000)
        let checkpoint = LedgerFixture.checkpoint(size: 3)
        var prepared = try await ledger.prepare(checkpoint)
        let first = prepared
        var state = try #require(try await ledger.submit(prepared, for: checkpoint).state)
        #expect(try await ledger.advance(state, prepared: prepared, for: checkpoint).state != nil)
        fixture.clock.pass(200)
        prepared = try #require(try await ledger.advance(state, prepared: prepared, for: checkpoint).prepared)
        #expect(prepared != first)
        state = try #require(try await ledger.submit(prepared, for: checkpoint).state)
        var raises = 1
        fixture.clock.pass(200)
        while let next = try? await ledger.advance(state, prepared: prepared, for: checkpoint).prepared, raises < 20 {
            prepared = next
            state = try #require(try await ledger.submit(prepared, for: checkpoint).state)
            fixture.clock.pass(200)
            raises += 1
        }
        #expect(raises < 20)
        await expectOutsider(.refused, "feeCeilingGwei") {
            try await ledger.advance(state, prepared: prepared, for: checkpoint)
        }
        try await chain.mine()
        #expect(try await ledger.advance(state, prepared: prepared, for: checkpoint).file != nil)
    }

    /// The transaction that a later one replaced came into the block after all: it counts.
    @Test func theReplacedOneMayComeAfterAll() async throws {
        let chain = try DevelopmentLedger.shared.get()
        let fixture = try await LedgerFixture.opened(chain)
        let ledger = fixture.ledger()
        let checkpoint = LedgerFixture.checkpoint(size: 4)
        let prepared = try await ledger.prepare(checkpoint)
        let state = try #require(try await ledger.submit(prepared, for: checkpoint).state)
        fixture.clock.pass(200)
        let raised = try #require(try await ledger.advance(state, prepared: prepared, for: checkpoint).prepared)
        try await chain.mine()
        let again = try await ledger.submit(raised, for: checkpoint)
        let later = try #require(again.state)
        #expect(try await ledger.advance(later, prepared: raised, for: checkpoint).file != nil)
    }

    @Test func aGapOfNumbersIsClosed() async throws {
        let chain = try DevelopmentLedger.shared.get()
        let fixture = try await LedgerFixture.opened(chain)
        let ledger = fixture.ledger()
        let first = LedgerFixture.checkpoint(size: 1)
        _ = try await ledger.submit(try await ledger.prepare(first), for: first)
        let second = LedgerFixture.checkpoint(size: 2)
        var prepared = try await ledger.prepare(second)
        // The node is started again and forgets the first: the second's number comes too early now.
        try await chain.control("dev_drop")
        var state = try #require(try await ledger.submit(prepared, for: second).state)
        fixture.clock.pass(200)
        prepared = try #require(try await ledger.advance(state, prepared: prepared, for: second).prepared)
        state = try #require(try await ledger.submit(prepared, for: second).state)
        try await chain.mine()
        #expect(try await ledger.advance(state, prepared: prepared, for: second).file != nil)
    }

    @Test func anotherTransactionTookOurNumber() async throws {
        let chain = try DevelopmentLedger.shared.get()
        let fixture = try await LedgerFixture.opened(chain)
        let ledger = fixture.ledger()
        let checkpoint = LedgerFixture.checkpoint(size: 6)
        var prepared = try await ledger.prepare(checkpoint)
        _ = try await ledger.send(.open, origin: "log.example/other")
        try await chain.mine()
        prepared = try #require(try await ledger.submit(prepared, for: checkpoint).prepared)
        let state = try #require(try await ledger.submit(prepared, for: checkpoint).state)
        try await chain.mine()
        #expect(try await ledger.advance(state, prepared: prepared, for: checkpoint).file != nil)
    }

    @Test func handoverTakesTwoSteps() async throws {
        let chain = try DevelopmentLedger.shared.get()
        let fixture = try await LedgerFixture.opened(chain)
        let next = try LedgerFixture(url: chain.url, seed: LedgerFixture.nextSeed())
        try await chain.fund(next.address)
        let successor = next.ledger(contract: fixture.contract, openedBy: fixture.address)
        let checkpoint = LedgerFixture.checkpoint(size: 12)
        await expectOutsider(.misconfigured, "writer") { try await successor.prepare(checkpoint) }
        _ = try await fixture.ledger().send(.propose(next.address), origin: LedgerFixture.origin)
        try await chain.mine()
        #expect(try await successor.status(origin: LedgerFixture.origin).proposed == next.address)
        _ = try await successor.send(.accept, origin: LedgerFixture.origin)
        try await chain.mine()
        #expect(try await successor.status(origin: LedgerFixture.origin).writer == next.address)
        let prepared = try await successor.prepare(checkpoint)
        let state = try #require(try await successor.submit(prepared, for: checkpoint).state)
        try await chain.mine()
        #expect(try await successor.advance(state, prepared: prepared, for: checkpoint).file != nil)
        await expectOutsider(.misconfigured, "writer") { try await fixture.ledger().prepare(checkpoint) }
    }

    @Test func whatIsMissingIsSaid() async throws {
        let chain = try DevelopmentLedger(["--manual", "--no-finalized"])
        let fixture = try LedgerFixture(url: chain.url)
        let checkpoint = LedgerFixture.checkpoint(size: 1)
        await expectOutsider(.misconfigured, "correct url or chainId") {
            try await fixture.ledger(chainID: 1).prepare(checkpoint)
        }
        await expectOutsider(.misconfigured, "deploy") {
            try await fixture.ledger().send(.open, origin: LedgerFixture.origin)
        }
        await expectOutsider(.refused, "cannot pay") {
            try await fixture.ledger().send(.deploy, origin: LedgerFixture.origin)
        }
        let opened = try await LedgerFixture.opened(chain)
        let unopened = opened.ledger()
        await expectOutsider(.misconfigured, "open") {
            try await unopened.prepare(
                OutgoingCheckpoint(
                    origin: "log.example/never",
                    size: 1,
                    root: checkpoint.root,
                    signed: checkpoint.signed
                )
            )
        }
        await expectOutsider(.refused, "over the ceiling") {
            try await opened.ledger(ceiling: 1).prepare(checkpoint)
        }
        let ledger = opened.ledger(finality: .finalized)
        let prepared = try await ledger.prepare(checkpoint)
        let state = try #require(try await ledger.submit(prepared, for: checkpoint).state)
        try await chain.mine()
        await expectOutsider(.misconfigured, "instant") {
            try await ledger.advance(state, prepared: prepared, for: checkpoint)
        }
    }

    /// The provider between us and the chain alters one thing each time: the block's own hash betrays it.
    @Test(arguments: [
        ("\"status\": \"0x1\"", "\"status\": \"0x0\""), ("\"timestamp\": \"0x", "\"timestamp\": \"0x1"),
        ("\"stateRoot\": \"0x", "\"stateRoot\": \"0x00"),
        ("\"cumulativeGasUsed\": \"0x", "\"cumulativeGasUsed\": \"0x1"),
        ("\"value\": \"0x0\"", "\"value\": \"0x1\""), ("\"receiptsRoot\": \"0x", "\"transactionsRoot\": \"0x"),
    ])
    func aProviderThatLiesIsCaught(truth: String, lie: String) async throws {
        let chain = try DevelopmentLedger.shared.get()
        let fixture = try await LedgerFixture.opened(chain)
        let checkpoint = LedgerFixture.checkpoint(size: 7)
        let honest = fixture.ledger()
        let prepared = try await honest.prepare(checkpoint)
        let state = try #require(try await honest.submit(prepared, for: checkpoint).state)
        try await chain.mine()
        let liar = fixture.ledger(exchange: { request in
            let response = try await DevelopmentLedger.exchange(request)
            let question = String(decoding: request.body, as: UTF8.self)
            guard question.contains("eth_getBlockByHash") || question.contains("eth_getBlockReceipts") else {
                return response
            }
            let body = String(decoding: response.body, as: UTF8.self).replacing(truth, with: lie)
            return IncomingResponse(status: response.status, headers: [:], body: Array(body.utf8))
        })
        await expectOutsider(.invalidAnswer, "") {
            try await liar.advance(state, prepared: prepared, for: checkpoint)
        }
        #expect(try await honest.advance(state, prepared: prepared, for: checkpoint).file != nil)
    }

    /// Where headers are not Ethereum's the receipt says that it is only the provider's word.
    @Test func aProvidersWordIsCalledThat() async throws {
        let chain = try DevelopmentLedger.shared.get()
        let fixture = try await LedgerFixture.opened(chain)
        let ledger = fixture.ledger(proof: .provider)
        let checkpoint = LedgerFixture.checkpoint(size: 7)
        let prepared = try await ledger.prepare(checkpoint)
        let state = try #require(try await ledger.submit(prepared, for: checkpoint).state)
        try await chain.mine()
        let file = try #require(try await ledger.advance(state, prepared: prepared, for: checkpoint).file)
        let receipt = try EVMReceipt(file.bytes)
        #expect(receipt.block.header == nil)
        let block = AnchorTrust.Block(
            chain: "eip155:\(receipt.chainId)",
            height: receipt.block.number,
            hash: String(receipt.block.hash.dropFirst(2))
        )
        let judgement = EVMAnchor.judgement(
            of: file,
            over: checkpoint,
            companions: [],
            trust: AnchorTrust(blocks: [block])
        )
        #expect(judgement.standing == .sound)
        #expect(judgement.found.contains("only its word"))
        // The one with a header is the stronger.
        let proven = try #require(
            try await fixture.ledger().advance(state, prepared: prepared, for: checkpoint).file
        )
        #expect(EVMAnchor.joined(file.bytes, proven.bytes) == proven.bytes)
        #expect(EVMAnchor.joined(proven.bytes, file.bytes) == proven.bytes)
    }
}
