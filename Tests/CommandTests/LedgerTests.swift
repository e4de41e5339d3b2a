import Evidence
import Foundation
import Testing

/// `cinnabar anchors ledger` as far as it goes without a chain; with one: `EVMLedgerTests`.
@Suite struct LedgerTests {
    private static let settings = #"{"anchors": {"ledgers": {"dev": {"url": "http://127.0.0.1:9", "chainId": 5}}}}"#

    @Test(arguments: [
        (#"{"chainId": 1}"#, "dev.url"), (#"{"url": "http://a"}"#, "dev.chainId"),
        (#"{"url": "http://a", "chainId": 0}"#, "dev.chainId"),
        (#"{"url": "http://a", "chainId": 1, "contract": "0x12"}"#, "dev.contract"),
        (#"{"url": "http://a", "chainId": 1, "finality": "soon"}"#, "dev.finality"),
        (#"{"url": "http://a", "chainId": 1, "finality": 0}"#, "dev.finality"),
        (#"{"url": "http://a", "chainId": 1, "transactionType": "blob"}"#, "dev.transactionType"),
        (#"{"url": "http://a", "chainId": 1, "feeCeilingGwei": -1}"#, "dev.feeCeilingGwei"),
        (#"{"url": "http://a", "chainId": 1, "proof": "none"}"#, "dev.proof"),
        (#"{"url": "http://a", "chainId": 1, "stuckSeconds": 0}"#, "dev.stuckSeconds"),
        (#"{"url": "http://a", "chainId": 1, "key": "secret"}"#, "dev.key"),
    ])
    func refusesALedgerThatItDoesNotUnderstandWhole(members: String, named: String) async throws {
        let folder = try TestFolder()
        try folder.write(#"{"anchors": {"ledgers": {"dev": \#(members)}}}"#, to: "c.json")
        let run = try await cinnabar(["config", "--config", "c.json"], in: folder)
        #expect(run.status == 2)
        #expect(run.errors.contains(named), "\(run.errors)")
    }

    @Test func theKeyIsMadeOnceAndForItsOwnerAlone() async throws {
        let folder = try TestFolder()
        try folder.write(Self.settings, to: "c.json")
        try #require(try await cinnabar(["init", "--origin", "log.example/l"], in: folder).status == 0)
        let first = try await cinnabar(
            ["anchors", "ledger", "dev", "address", "--json", "--config", "c.json"],
            in: folder
        )
        try #require(first.status == 0, "\(first.errors)")
        let second = try await cinnabar(
            ["anchors", "ledger", "dev", "address", "--json", "--config", "c.json"],
            in: folder
        )
        #expect(try first.json["address"] == second.json["address"])
        let key = folder.path("data/keys/ledger-dev.key")
        let permissions = try FileManager.default.attributesOfItem(atPath: key)[.posixPermissions] as? Int
        #expect(permissions == 0o600)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: key)
        let open = try await cinnabar(["anchors", "ledger", "dev", "address", "--config", "c.json"], in: folder)
        #expect(open.status != 0)
        #expect(open.errors.contains("ledger-dev.key"))
    }

    @Test func whatIsWrongIsSaid() async throws {
        let folder = try TestFolder()
        try folder.write(Self.settings, to: "c.json")
        try #require(try await cinnabar(["init", "--origin", "log.example/l"], in: folder).status == 0)
        let unknown = try await cinnabar(["anchors", "ledger", "main", "status", "--config", "c.json"], in: folder)
        #expect(unknown.status == 2)
        #expect(unknown.errors.contains("anchors.ledgers"))
        let account = try await cinnabar(
            ["anchors", "ledger", "dev", "propose", "0x12", "--config", "c.json"],
            in: folder
        )
        #expect(account.status == 2)
        let silent = try await cinnabar(["anchors", "ledger", "dev", "status", "--config", "c.json"], in: folder)
        #expect(silent.status == 3)
        #expect(silent.errors.contains("eth_chainId"), "\(silent.errors)")
    }
}
