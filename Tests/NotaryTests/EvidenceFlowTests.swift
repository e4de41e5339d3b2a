import Bytes
import Evidence
import EvidenceStore
import MerkleLog
import Notary
import OpenSSL
import Testing

@Suite struct EvidenceFlowTests {
    @Test func anExportedFileVerifiesOfflineAndThroughTheNotary() async throws {
        let office = try Office()
        try await office.whileOpen { notary, caller in
            let registration = try await notary.register("a contract", for: caller)
            for number in 0..<300 {
                _ = try await notary.register(.numbered(number), RegistrationRequest(), for: caller)
            }
            let bytes = try #require(try await notary.evidenceFile(of: registration.id, for: caller))
            let facts = FileFacts(of: Array("a contract".utf8))
            let report = EvidenceVerifier(trust: office.trust).report(on: bytes, file: facts)
            #expect(report.isConsistent, "\(report.text(showsCommands: false))")

            let declared = DeclaredFile(sha256: SHA256.digest(of: Array("a contract".utf8)))
            let json = try await notary.verification(of: bytes, declared: declared)
            #expect(json["verdict"] == "consistent")
            let wrong = try await notary.verification(of: bytes, declared: .numbered(1))
            #expect(wrong["verdict"] == "not consistent")
            #expect(try await notary.verification(of: [1, 2, 3])["verdict"] == "not consistent")
            #expect(try notary.registration(registration.id, for: caller)?.state == .timestamped)
            #expect(try notary.audit().timestamps == 1)
        }
    }

    @Test func oneTokenServesEveryEntryOfAnInterval() async throws {
        let office = try Office()
        try await office.whileOpen { notary, caller in
            let registrations = try await withThrowingTaskGroup(of: Registration.self) { group in
                for number in 0..<20 {
                    group.addTask { try await notary.register("file \(number)", for: caller) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            for registration in registrations {
                let bytes = try #require(try await notary.evidenceFile(of: registration.id, for: caller))
                #expect(EvidenceVerifier(trust: office.trust).report(on: bytes).isConsistent)
            }
            #expect(try notary.audit().timestamps == 1)
        }
    }

    @Test func theLogIsPublishedAsTilesAndBundles() async throws {
        let office = try Office()
        try await office.whileOpen { notary, caller in
            for number in 0..<300 {
                _ = try await notary.register(.numbered(number), RegistrationRequest(), for: caller)
            }
            let checkpoint = try Checkpoint(parsing: SignedNote(parsing: notary.publishedCheckpoint).text)
            #expect(checkpoint.size == TreeSize(300) && checkpoint.origin == Office.origin)
            let first = try EntryBundle(decoding: #require(try notary.logs[0].resource("tile/entries/000")))
            let last = try EntryBundle(decoding: #require(try notary.logs[0].resource("tile/entries/001.p/44")))
            let leaves = (first.entries + last.entries).map { LeafHash(entry: $0) }
            var frontier = Frontier()
            for leaf in leaves { frontier.append(leaf) }
            #expect(frontier.root == checkpoint.root)
            #expect(try notary.logs[0].resource("tile/0/000")?.count == 256 * 32)
            #expect(try notary.logs[0].resource("tile/0/001.p/44")?.count == 44 * 32)
            #expect(try notary.logs[0].resource("tile/0/001.p/45") == nil)
            #expect(try notary.logs[0].resource("tile/0/002") == nil)
            #expect(throws: MerkleError.self) { try notary.logs[0].resource("tile/0/1") }
            #expect(throws: MerkleError.self) { try notary.logs[0].resource("../keys/log.key") }
        }
    }

    @Test func tokensOpenTheirAccountUntilTheyAreRevoked() async throws {
        let office = try Office()
        try await office.whileOpen { notary, _ in
            _ = try notary.createAccount(named: "shop")
            let token = try notary.createToken(forAccount: "shop", label: "import")
            #expect(try notary.caller(forToken: token)?.name == "shop")
            #expect(try notary.caller(forToken: token + "0") == nil)
            let digest = SHA256.digest(of: Array(token.utf8)).hex
            #expect(throws: NotaryError(.unknownToken, "")) { try notary.revokeToken("") }
            #expect(throws: NotaryError(.unknownToken, "")) { try notary.revokeToken("0123456789abcdef") }
            #expect(try notary.revokeToken(String(digest.prefix(12))).isRevoked)
            #expect(try notary.caller(forToken: token) == nil)
            #expect(throws: NotaryError(.unknownAccount, "")) { try notary.createToken(forAccount: "x", label: "") }
            #expect(throws: NotaryError(.accountExists, "")) { try notary.createAccount(named: "shop") }
        }
    }
}
