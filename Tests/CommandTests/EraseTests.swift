import Evidence
import Foundation
import Testing

@Suite struct EraseTests {
    @Test func erasesAPictureFromARunningServer() async throws {
        let folder = try await makeNotaryFolder()
        try folder.write(TestPicture(seed: 1).png, to: "teapot.png")
        try folder.write(TestPicture(seed: 1, brightness: 6).png, to: "copy.png")
        let server = try await RunningServer(in: folder)
        let registered = try await cinnabar(["register", "teapot.png", "--json"], in: folder)
        let id = try #require(
            try registered.json["registrations"]?.arrayValue?.first?["registration"]?["id"]?.stringValue
        )
        func matches() async throws -> Int? {
            let found = try await cinnabar(["search", "copy.png", "--json"], in: folder)
            return try found.json["searches"]?.arrayValue?.first?["search"]?["matches"]?.arrayValue?.count
        }
        #expect(try await matches() == 1)

        let erase = ["erase", id, "--reason", "Asked for.", "--json"]
        #expect(try await cinnabar(erase, in: folder).status == 2)
        #expect(try await matches() == 1)
        let erased = try await cinnabar(erase + ["--yes"], in: folder)
        #expect(erased.status == 0, "\(erased.output)\(erased.errors)")
        let receipt = try erased.json["erased"]?.arrayValue?.first?["erased"]
        #expect(receipt?["reason"] == "Asked for.")
        #expect(try erased.json["purged"] == true)
        // At once, in the index of the running server.
        #expect(try await matches() == 0)
        let export = try await cinnabar(["export", id, "-o", "proofs", "--json"], in: folder)
        #expect(export.status == 1)
        #expect(export.output.contains("registration.erased"))
        #expect(server.stop() == 0)

        #expect(try await matches() == 0)
        let again = try await cinnabar(erase + ["--yes"], in: folder)
        #expect(try again.json["erased"]?.arrayValue?.first?["erased"] == receipt)
        let proof = try await cinnabar(["log", "proof", id, "--json"], in: folder)
        #expect(try proof.json["id"]?.stringValue == id, "\(proof.errors)")
        let unknown = String(repeating: "a", count: 64)
        #expect(try await cinnabar(["erase", unknown, "--reason", "x", "--yes"], in: folder).status == 1)
        let audit = try await cinnabar(["log", "audit", "--json"], in: folder)
        #expect(audit.status == 0, "\(audit.output)")
    }
}
