import Evidence
import Foundation
import Testing

@Suite struct ServeTests {
    private func makeToken(in folder: TestFolder) async throws -> String {
        let run = try await cinnabar(["tokens", "create", "--account", "default", "--json"], in: folder)
        return try #require(try run.json["token"]?.stringValue, "\(run.errors)")
    }

    @Test func aServerGivesTheSameAnswers() async throws {
        let folder = try await makeNotaryFolder()
        let token = try await makeToken(in: folder)
        try folder.write(TestPicture(seed: 1).png, to: "shop/teapot.png")
        try folder.write(TestPicture(seed: 1, brightness: 6).png, to: "copy.png")
        try folder.write("A contract.", to: "shop/contract.txt")
        try folder.write(token + "\n", to: "token")
        let server = try await RunningServer(in: folder)
        let remote = ["--server", server.url, "--token-file", "token", "--json"]

        let registered = try await cinnabar(["register", "shop/teapot.png", "--title", "Pot"] + remote, in: folder)
        try #require(registered.status == 0, "\(registered.output)\(registered.errors)")
        let registration = try #require(try registered.json["registrations"]?.arrayValue?.first?["registration"])
        let id = try #require(registration["id"]?.stringValue)
        let found = try await cinnabar(["search", "copy.png"] + remote, in: folder)
        let match = try found.json["searches"]?.arrayValue?.first?["search"]?["matches"]?.arrayValue?.first
        #expect(match?["id"]?.stringValue == id)
        let imported = try await cinnabar(["import", "shop"] + remote, in: folder)
        #expect(try imported.jsonLines.last?["summary"]?["registered"] == 2, "\(imported.output)\(imported.errors)")
        #expect(try imported.jsonLines.first?["registration"]?["record"]?["how"] == "import")
        let again = try await cinnabar(["import", "shop"] + remote, in: folder)
        #expect(try again.jsonLines.last?["summary"]?["alreadyRegistered"] == 2)
        let digest = try await cinnabar(["register", "copy.png", "--digest-only"] + remote, in: folder)
        #expect(digest.status == 0, "\(digest.errors)")
        let exported = try await cinnabar(["export", id, "-o", "proofs"] + remote, in: folder)
        #expect(exported.status == 0, "\(exported.errors)")
        let verified = try await cinnabar(
            ["verify", "proofs/\(id).asice", "--file", "shop/teapot.png"],
            in: folder
        )
        #expect(verified.status == 0, "\(verified.output)\(verified.errors)")
        let proof = try await cinnabar(["log", "proof", id] + remote, in: folder)
        let note = try await cinnabar(["log", "checkpoint"] + remote, in: folder)
        #expect(server.stop() == 0)

        let localProof = try await cinnabar(["log", "proof", id, "--json"], in: folder)
        #expect(try localProof.json == proof.json)
        #expect(try await cinnabar(["log", "checkpoint", "--json"], in: folder).json == note.json)
        #expect(try await cinnabar(["log", "audit"], in: folder).status == 0)
    }

    @Test func anImportWaitsForABusyServer() async throws {
        let folder = try await makeNotaryFolder()
        let token = try await makeToken(in: folder)
        for number in 0..<12 { try folder.write("contract \(number)", to: "shop/\(number).txt") }
        let server = try await RunningServer(in: folder, arguments: ["--set", "limits.uploadsInFlight=1"])
        let run = try await cinnabar(
            ["import", "shop", "--server", server.url, "--json"],
            in: folder,
            environment: ["CINNABAR_TOKEN": token]
        )
        #expect(run.status == 0, "\(run.output)\(run.errors)")
        #expect(try run.jsonLines.last?["summary"]?["registered"] == 12)
        #expect(server.stop() == 0)
    }

    /// The decoder greets and dies of whatever it is given.
    @Test func aPictureThatKillsTheDecoderDoesNotStopAnImport() async throws {
        let folder = try await makeNotaryFolder()
        let token = try await makeToken(in: folder)
        let hello = #"CNBR\002\001\000\000"# + String(repeating: #"\000"#, count: 56)
        try folder.write("#!/bin/sh\nprintf '\(hello)' >&0\nhead -c 64 >/dev/null\n", to: "decoder")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.path("decoder"))
        try folder.write(TestPicture(seed: 1).png, to: "shop/a.png")
        for name in ["b", "c"] { try folder.write("contract \(name)", to: "shop/\(name).txt") }
        let decoder = ["--set", "decoder.path=" + folder.path("decoder")]
        let server = try await RunningServer(in: folder, arguments: decoder)
        let remote = try await cinnabar(
            ["import", "shop", "--server", server.url, "--json"],
            in: folder,
            environment: ["CINNABAR_TOKEN": token]
        )
        #expect(server.stop() == 0)
        let local = try await cinnabar(["import", "shop", "--author", "Li Na", "--json"] + decoder, in: folder)
        for run in [remote, local] {
            #expect(run.status == 1, "\(run.output)\(run.errors)")
            #expect(try run.jsonLines.last?["summary"]?["registered"] == 2)
            let codes = try run.jsonLines.compactMap { $0["error"]?["code"]?.stringValue }
            #expect(codes == ["picture.decoderDied"])
        }
    }

    @Test func refusesAWrongToken() async throws {
        let folder = try await makeNotaryFolder()
        try folder.write("A contract.", to: "contract.txt")
        let server = try await RunningServer(in: folder)
        let wrong = try await cinnabar(
            ["register", "contract.txt", "--server", server.url, "--json"],
            in: folder,
            environment: ["CINNABAR_TOKEN": "wrong"]
        )
        #expect(wrong.status == 3)
        #expect(try wrong.json["error"]?["code"]?.stringValue?.isEmpty == false)
        #expect(server.stop() == 0)
    }

    @Test func tokensAreShownOnceAndCanBeRevoked() async throws {
        let folder = try await makeNotaryFolder()
        let token = try await makeToken(in: folder)
        let listed = try await cinnabar(["tokens", "list", "--json"], in: folder)
        #expect(!listed.output.contains(token))
        let id = try #require(try listed.json["tokens"]?.arrayValue?.first?["id"]?.stringValue)
        #expect(try await cinnabar(["tokens", "revoke", id], in: folder).status == 0)
        #expect(try await cinnabar(["tokens", "revoke", "ffffffffffffffff"], in: folder).status == 1)
        let server = try await RunningServer(in: folder)
        let revoked = try await cinnabar(
            ["log", "proof", String(repeating: "a", count: 64), "--server", server.url],
            in: folder,
            environment: ["CINNABAR_TOKEN": token]
        )
        #expect(revoked.status == 3)
        #expect(server.stop() == 0)
    }

    @Test func accountsAreMadeOnce() async throws {
        let folder = try await makeNotaryFolder()
        let arguments = ["accounts", "create", "--name", "shop", "--originals", "never"]
        #expect(try await cinnabar(arguments, in: folder).status == 0)
        #expect(try await cinnabar(arguments, in: folder).status == 3)
        let listed = try await cinnabar(["accounts", "list", "--json"], in: folder)
        let shop = try listed.json["accounts"]?.arrayValue?.first { $0["name"] == "shop" }
        #expect(shop?["originals"] == "never")
    }
}
