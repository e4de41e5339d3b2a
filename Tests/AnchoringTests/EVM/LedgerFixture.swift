import Anchoring
import Bytes
import OpenSSL
import Secp256k1
import Synchronization
import Testing

/// A log, its key, and a ledger over some exchange.
struct LedgerFixture {
    static let origin = "log.example/evm"

    /// Our clock, which stands still until a test moves it.
    final class Clock: Sendable {
        private let now = Mutex<Int64>(1_700_000_000)
        var seconds: Int64 { now.withLock { $0 } }
        func pass(_ seconds: Int64) { now.withLock { $0 += seconds } }
    }

    private static let seeds = Mutex<UInt8>(100)

    /// Every fixture has an account of its own, and by that a contract of its own.
    static func nextSeed() -> UInt8 {
        seeds.withLock { seed in
            seed += 1
            return seed
        }
    }

    let clock = Clock()
    let key: Secp256k1PrivateKey
    let url: String
    let exchange: HTTPExchange

    /// - Parameter seed: Another one makes another account.
    init(url: String, seed: UInt8 = nextSeed(), exchange: @escaping HTTPExchange = DevelopmentLedger.exchange) throws {
        key = try Secp256k1PrivateKey(bytes: [UInt8](repeating: seed, count: 32))
        self.url = url
        self.exchange = exchange
    }

    var address: EVMAddress { EVMAddress(key.publicKey) }
    /// The account's first transaction makes the contract.
    var contract: EVMAddress { EVMAddress(createdBy: address, nonce: 0) }

    func ledger(
        chainID: UInt64 = DevelopmentLedger.chainID,
        contract: EVMAddress? = nil,
        openedBy: EVMAddress? = nil,
        type: EVMLedgerSettings.TransactionType = .eip1559,
        ceiling: UInt64 = 100_000_000_000,
        finality: EVMLedgerSettings.Finality = .instant,
        proof: EVMLedgerSettings.Proof = .header,
        exchange: HTTPExchange? = nil
    ) -> EVMLedger {
        EVMLedger(
            settings: EVMLedgerSettings(
                name: "dev",
                url: url,
                chainID: chainID,
                contract: contract ?? self.contract,
                openedBy: openedBy,
                transactionType: type,
                feeCeilingWei: ceiling,
                finality: finality,
                proof: proof,
                isSelfOperated: true
            ),
            key: key,
            exchange: exchange ?? self.exchange,
            seconds: { [clock] in clock.seconds }
        )
    }

    static func checkpoint(size: UInt64) -> OutgoingCheckpoint {
        let root = SHA256.digest(of: [UInt8(truncatingIfNeeded: size)])
        let signed = Array("\(origin)\n\(size)\n\(Base64.encode(root.bytes))\n\n- signature\n".utf8)
        return OutgoingCheckpoint(origin: origin, size: size, root: root, signed: signed)
    }

    /// A chain with the contract made and the log open.
    static func opened(_ chain: DevelopmentLedger) async throws -> LedgerFixture {
        let fixture = try LedgerFixture(url: chain.url)
        try await chain.fund(fixture.address)
        let ledger = fixture.ledger()
        let made = try await ledger.send(.deploy, origin: origin)
        try await chain.mine()
        #expect(try await ledger.done(made)?.contract == fixture.contract)
        let opened = try await ledger.send(.open, origin: origin)
        try await chain.mine()
        #expect(try await ledger.done(opened) != nil)
        return fixture
    }
}

extension AnchorProgress {
    var state: [UInt8]? { if case .pending(let state, _, _) = self { state } else { nil } }
    var prepared: [UInt8]? { if case .replaced(let prepared) = self { prepared } else { nil } }
    var file: AnchorFile? { if case .anchored(let files) = self { files.first } else { nil } }
}

/// Expects an ``OutsiderError`` with this code whose message has these words.
func expectOutsider(
    _ code: OutsiderError.Code,
    _ words: String,
    at location: SourceLocation = #_sourceLocation,
    _ body: () async throws -> some Any
) async {
    let error = await #expect(throws: OutsiderError.self, sourceLocation: location) { _ = try await body() }
    #expect(error?.code == code, sourceLocation: location)
    #expect(error?.message.contains(words) == true, "\(error?.message ?? "")", sourceLocation: location)
}
