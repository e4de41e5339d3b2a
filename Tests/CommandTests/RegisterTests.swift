import Bytes
import Evidence
import Foundation
import Testing

@Suite struct RegisterTests {
    @Test func initTwiceRefuses() async throws {
        let folder = try await makeNotaryFolder()
        let again = try await cinnabar(["init", "--origin", "other.example.com"], in: folder)
        #expect(again.status == 3)
        #expect(again.errors.contains("error:"))
        let checkpoint = try await cinnabar(["log", "checkpoint"], in: folder)
        #expect(checkpoint.output.hasPrefix("log.example.com\n0\n"))
    }

    @Test func registersFindsExportsAndVerifies() async throws {
        let folder = try await makeNotaryFolder()
        try folder.write(TestPicture(seed: 1).png, to: "teapot.png")
        try folder.write(TestPicture(seed: 1, brightness: 6).png, to: "copy.png")
        try folder.write(TestPicture(seed: 2).png, to: "other.png")

        let registered = try await cinnabar(["register", "teapot.png", "--title", "Red teapot", "--json"], in: folder)
        try #require(registered.status == 0, "\(registered.errors)")
        let registration = try #require(try registered.json["registrations"]?.arrayValue?.first?["registration"])
        let id = try #require(registration["id"]?.stringValue)
        #expect(Digest256(hex: id) != nil)
        #expect(registration["record"]?["claim"]?["title"] == "Red teapot")

        let found = try await search("copy.png", in: folder)
        #expect(found["matches"]?.arrayValue?.first?["id"]?.stringValue == id)
        let same = try await search("teapot.png", in: folder)
        #expect(same["matches"]?.arrayValue?.first?["id"]?.stringValue == id)
        #expect(try await search("other.png", in: folder)["matches"]?.arrayValue?.isEmpty == true)

        let exported = try await cinnabar(["export", id, "-o", "proofs"], in: folder)
        #expect(exported.status == 0, "\(exported.errors)")
        let evidence = "proofs/\(id).asice"
        let verified = try await cinnabar(["verify", evidence, "--file", "teapot.png", "--json"], in: folder)
        #expect(verified.status == 0, "\(verified.output)\(verified.errors)")
        #expect(try verified.json["verdict"] == "consistent")
        let altered = try await cinnabar(["verify", evidence, "--file", "copy.png"], in: folder)
        #expect(altered.status == 1)

        let audit = try await cinnabar(["log", "audit", "--json"], in: folder)
        #expect(audit.status == 0, "\(audit.output)\(audit.errors)")
        #expect(try audit.json["consistent"] == true)
    }

    @Test func aRegistrationIsToldWhateverFailsAfterIt() async throws {
        let folder = try await makeNotaryFolder()
        try folder.write("A contract.", to: "contract.txt")
        let first = try await cinnabar(["register", "contract.txt", "--evidence", "proofs", "--json"], in: folder)
        let id = try #require(try first.json["registrations"]?.arrayValue?.first?["registration"]?["id"]?.stringValue)
        // No evidence file, so nothing that could be added to: it stays, and the new registration is told.
        try folder.write("damaged", to: "proofs/\(id).asice")
        let kept = try await cinnabar(["export", id, "-o", "proofs"], in: folder)
        #expect(kept.status == 3)
        #expect(try folder.bytes(of: "proofs/\(id).asice") == Array("damaged".utf8))

        try folder.write("No folder.", to: "file")
        let early = try await cinnabar(["register", "contract.txt", "--evidence", "file", "--json"], in: folder)
        #expect(early.status == 3)
        #expect(try await cinnabar(["log", "checkpoint", "--json"], in: folder).json["size"] == 1)

        try folder.write("No picture.", to: "fake.jpg")
        let mixed = try await cinnabar(["register", "contract.txt", "fake.jpg", "contract.txt", "--json"], in: folder)
        #expect(mixed.status == 1)
        let items = try #require(try mixed.json["registrations"]?.arrayValue)
        #expect(items.map { $0["registration"] != nil } == [true, false, true])
    }

    /// A folder in the file's place cannot be read by anyone, root included.
    @Test func anEvidenceFileThatCannotBeReadIsLeftAlone() async throws {
        let folder = try await makeNotaryFolder()
        try folder.write("A contract.", to: "contract.txt")
        let run = try await cinnabar(["register", "contract.txt", "--json"], in: folder)
        let id = try #require(try run.json["registrations"]?.arrayValue?.first?["registration"]?["id"]?.stringValue)
        try folder.write("kept", to: "proofs/\(id).asice/inside")
        let exported = try await cinnabar(["export", id, "-o", "proofs", "--json"], in: folder)
        #expect(exported.status == 3)
        #expect(exported.output.contains("evidence.unreadable"), "\(exported.output)")
        #expect(try folder.bytes(of: "proofs/\(id).asice/inside") == Array("kept".utf8))
    }

    @Test func aNamedFolderCountsMoreThanAServerInTheEnvironment() async throws {
        let folder = try await makeNotaryFolder()
        try folder.write("A contract.", to: "contract.txt")
        let nowhere = ["CINNABAR_SERVER": "http://127.0.0.1:1", "CINNABAR_TOKEN": "cin_x"]
        let here = try await cinnabar(["register", "contract.txt", "--data", "data"], in: folder, environment: nowhere)
        #expect(here.status == 0, "\(here.errors)")
        let there = try await cinnabar(["register", "contract.txt"], in: folder, environment: nowhere)
        #expect(there.status == 3)
    }

    @Test func refusesTextThatSaysItIsAPicture() async throws {
        let folder = try await makeNotaryFolder()
        try folder.write("No picture.", to: "fake.jpg")
        let run = try await cinnabar(["register", "fake.jpg", "--json"], in: folder)
        #expect(run.status == 1)
        #expect(try run.json["error"]?["code"] == "picture.notAPicture")
        #expect(try await cinnabar(["log", "checkpoint", "--json"], in: folder).json["size"] == 0)
    }

    @Test func givesATrustBundleToVerifyWith() async throws {
        let folder = try await makeNotaryFolder()
        try folder.write("A contract.", to: "contract.txt")
        let trust = try await cinnabar(["log", "trust"], in: folder)
        try folder.write(trust.output, to: "trust.json")
        let run = try await cinnabar(["register", "contract.txt", "--evidence", "proofs", "--json"], in: folder)
        let evidence = try #require(try run.json["registrations"]?.arrayValue?.first?["evidence"]?.stringValue)
        let arguments = ["verify", evidence, "--file", "contract.txt", "--trust", "trust.json"]
        #expect(try await cinnabar(arguments, in: folder).status == 0)
        let other = try await makeNotaryFolder()
        try folder.write(try await cinnabar(["log", "trust"], in: other).output, to: "trust.json")
        #expect(try await cinnabar(arguments, in: folder).status == 1)
    }

    @Test func showsAProofThatLeadsToTheCheckpoint() async throws {
        let folder = try await makeNotaryFolder()
        for number in 0..<3 { try folder.write("contract \(number)", to: "\(number).txt") }
        let run = try await cinnabar(["register", "0.txt", "1.txt", "2.txt", "--json"], in: folder)
        let last = try #require(try run.json["registrations"]?.arrayValue?.last?["registration"]?["id"]?.stringValue)
        let proof = try await cinnabar(["log", "proof", last, "--json"], in: folder).json
        #expect(proof["proof"]?["index"] == 2)
        #expect(proof["entry"]?.stringValue?.utf8.count == Entry.byteCount)
        let note = try await cinnabar(["log", "checkpoint", "--json"], in: folder).json
        #expect(note["origin"] == "log.example.com")
        #expect(note["size"] == 3)
        let text = try await cinnabar(["log", "proof", last], in: folder)
        #expect(text.output.contains("2 of 3"))
    }

    @Test func keepsTheFileAtHome() async throws {
        let folder = try await makeNotaryFolder()
        try folder.write("A contract.", to: "contract.txt")
        let run = try await cinnabar(
            ["register", "contract.txt", "--digest-only", "--evidence", "proofs", "--json"],
            in: folder
        )
        #expect(run.status == 0, "\(run.errors)")
        let item = try #require(try run.json["registrations"]?.arrayValue?.first)
        #expect(item["registration"]?["record"]?["received"]?["channel"] != "upload")
        let evidence = try #require(item["evidence"]?.stringValue)
        let verified = try await cinnabar(["verify", evidence, "--file", "contract.txt"], in: folder)
        #expect(verified.status == 0, "\(verified.output)\(verified.errors)")
    }

    @Test func aRepeatedKeyRegistersOnce() async throws {
        let folder = try await makeNotaryFolder()
        try folder.write("A contract.", to: "contract.txt")
        try folder.write("Another.", to: "other.txt")
        let arguments = ["register", "contract.txt", "--idempotency-key", "k1", "--json"]
        let first = try await cinnabar(arguments, in: folder).json["registrations"]?.arrayValue?.first?["registration"]
        let again = try await cinnabar(arguments, in: folder).json["registrations"]?.arrayValue?.first?["registration"]
        #expect(first?["id"]?.stringValue != nil)
        #expect(first?["id"] == again?["id"])
        #expect(again?["replayed"] == true)
        let conflict = try await cinnabar(
            ["register", "other.txt", "--idempotency-key", "k1", "--json"],
            in: folder
        )
        #expect(conflict.status == 1)
        #expect(try conflict.json["error"]?["code"] == "idempotency.conflict")
    }

    @Test func readsAClaimFromAFileAndOptionsWin() async throws {
        let folder = try await makeNotaryFolder()
        try folder.write("A contract.", to: "contract.txt")
        try folder.write(#"{"title": "From the file", "author": "Li Na"}"#, to: "claim.json")
        let run = try await cinnabar(
            ["register", "contract.txt", "--claim", "claim.json", "--title", "From the option", "--json"],
            in: folder
        )
        let claim = try run.json["registrations"]?.arrayValue?.first?["registration"]?["record"]?["claim"]
        #expect(claim == ["title": "From the option", "author": "Li Na"])
    }

    @Test(arguments: [#"{"titel": "x"}"#, #"["x"]"#, #"{"title": 1}"#, #"{"title": ""}"#, "{"])
    func refusesAClaimThatIsNone(_ text: String) async throws {
        let folder = try await makeNotaryFolder()
        try folder.write("A contract.", to: "contract.txt")
        try folder.write(text, to: "claim.json")
        let run = try await cinnabar(["register", "contract.txt", "--claim", "claim.json"], in: folder)
        #expect(run.status == 2, "\(run.errors)")
    }

    @Test func oneRefusedFileDoesNotStopTheOthers() async throws {
        let folder = try await makeNotaryFolder()
        try folder.write("", to: "empty.txt")
        try folder.write("A contract.", to: "contract.txt")
        let run = try await cinnabar(["register", "empty.txt", "contract.txt", "--json"], in: folder)
        #expect(run.status == 1)
        let items = try #require(try run.json["registrations"]?.arrayValue)
        #expect(items.first?["error"]?["code"] == "file.empty")
        #expect(items.last?["registration"]?["id"] != nil)
        let alone = try await cinnabar(["register", "empty.txt"], in: folder)
        #expect(alone.status == 1)
        #expect(alone.errors.contains("error:"))
    }

    @Test(arguments: ["export", "log"]) func saysWhenAnIdIsUnknown(_ command: String) async throws {
        let folder = try await makeNotaryFolder()
        let id = String(repeating: "ab", count: 32)
        let run = try await cinnabar(
            command == "export" ? ["export", id, "-o", "proofs"] : ["log", "proof", id],
            in: folder
        )
        #expect(run.status == 1)
        #expect(run.errors.contains(id))
    }

    @Test func anUnknownAccountIsNoAccount() async throws {
        let folder = try await makeNotaryFolder()
        try folder.write("A contract.", to: "contract.txt")
        let run = try await cinnabar(["register", "contract.txt", "--account", "nobody"], in: folder)
        #expect(run.status == 3)
        #expect(run.errors.contains("nobody"))
    }

    @Test func aTitleMovesNoCursor() async throws {
        let folder = try await makeNotaryFolder()
        try folder.write("A contract.", to: "a\u{1B}[2Jb.txt")
        let run = try await cinnabar(["register", "a\u{1B}[2Jb.txt"], in: folder)
        #expect(run.status == 0, "\(run.errors)")
        #expect(!run.output.contains("\u{1B}"))
    }

    private func search(_ file: String, in folder: TestFolder) async throws -> JSONValue {
        let run = try await cinnabar(["search", file, "--json"], in: folder)
        try #require(run.status == 0, "\(run.errors)")
        return try #require(try run.json["searches"]?.arrayValue?.first?["search"])
    }
}
