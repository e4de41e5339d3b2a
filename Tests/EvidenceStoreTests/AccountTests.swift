import Bytes
import EvidenceStore
import OpenSSL
import Testing

@Suite struct AccountTests {
    private let backend = InMemoryBackend()
    private let store: Store

    init() throws { store = try Fixture(backend).store }

    @Test func accountsCountFromOneAndKeepTheirPolicy() throws {
        let seller = try store.createAccount(name: "Möbel 家具", now: 7)
        let platform = try store.createAccount(name: "p", originalsPolicy: .never, originalsLimitBytes: 5, now: -1)
        #expect(seller.id == AccountID(1))
        #expect(seller.originalsPolicy == .always)
        #expect(seller.originalsLimitBytes == 20_000_000)
        #expect(platform.id == AccountID(2))
        #expect(try store.accounts() == [seller, platform])
        #expect(try store.account(AccountID(1)) == seller)
        #expect(try store.account(AccountID(2)) == platform)
        #expect(try store.account(AccountID(3)) == nil)
    }

    @Test func aNameIsGivenOnceAndNotEmpty() throws {
        _ = try store.createAccount(name: "a", now: 0)
        #expect(throws: StoreError(.alreadyExists, "")) { try store.createAccount(name: "a", now: 0) }
        #expect(throws: StoreError(.invalidArgument, "")) { try store.createAccount(name: "", now: 0) }
        #expect(try store.accounts().count == 1)
    }

    @Test func aTokenLeadsToItsAccount() throws {
        let seller = try store.createAccount(name: "a", now: 0).id
        let rival = try store.createAccount(name: "b", now: 0).id
        let token = try store.createToken(for: seller, label: "shop", now: 5)
        #expect(token.hasPrefix("cin_"))
        #expect(token.utf8.count == 68)
        #expect(try store.account(forToken: token) == seller)
        let tokens = try store.tokens(of: seller)
        #expect(tokens.map(\.label) == ["shop"])
        #expect(tokens.map(\.created) == [5])
        #expect(tokens.map(\.revoked) == [nil])
        #expect(try store.tokens(of: rival).isEmpty)
        #expect(try store.createToken(for: seller, label: "shop", now: 5) != token)
    }

    @Test func aRevokedTokenLeadsNowhere() throws {
        let seller = try store.createAccount(name: "a", now: 0).id
        let token = try store.createToken(for: seller, label: "", now: 0)
        let other = try store.createToken(for: seller, label: "", now: 0)
        let stored = try #require(try store.tokens(of: seller).first { $0.digest.hex == digest(token).hex })
        #expect(try store.revokeToken(stored.digest, now: 9))
        #expect(try store.revokeToken(stored.digest, now: 10))
        #expect(try store.account(forToken: token) == nil)
        #expect(try store.account(forToken: other) == seller)
        #expect(try store.tokens(of: seller).compactMap(\.revoked) == [9])
        #expect(try !store.revokeToken(digest("cin_unknown"), now: 1))
    }

    @Test(arguments: ["", "cin_", "cin_0", String(repeating: "x", count: 100_000)])
    func anUnknownTokenLeadsNowhere(token: String) throws {
        #expect(try store.account(forToken: token) == nil)
    }

    @Test func aTokenOfAnotherSpellingLeadsNowhere() throws {
        let seller = try store.createAccount(name: "a", now: 0).id
        let token = try store.createToken(for: seller, label: "", now: 0)
        for other in [token.uppercased(), token + " ", String(token.dropLast()), String(token.dropFirst(4))] {
            #expect(try store.account(forToken: other) == nil)
        }
    }

    @Test func aTokenNeedsAnAccount() {
        #expect(throws: StoreError(.invalidArgument, "")) {
            try store.createToken(for: AccountID(9), label: "", now: 0)
        }
    }

    private func digest(_ token: String) -> Digest256 { SHA256.digest(of: Array(token.utf8)) }
}
