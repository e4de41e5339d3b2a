import Evidence
import Foundation
import Testing

@Suite struct StoreTests {
    @Test func aCopyMadeWhileTheServerRunsBringsTheLogBack() async throws {
        let folder = try await makeNotaryFolder()
        try folder.write("one", to: "one.txt")
        try folder.write("two", to: "two.txt")
        let first = try await cinnabar(["register", "one.txt", "--json"], in: folder)
        try #require(first.status == 0, "\(first.errors)")
        let server = try await RunningServer(in: folder)
        let copied = try await cinnabar(["store", "copy", "copies", "--json"], in: folder)
        #expect(server.stop() == 0)
        try #require(copied.status == 0, "\(copied.output)\(copied.errors)")
        #expect(try copied.json["generation"] == 1)
        #expect(try copied.json["keys"] == 1)
        let second = try await cinnabar(["store", "copy", "copies", "--limit-rate", "100"], in: folder)
        #expect(second.status == 0 && second.output.contains("generation 2"), "\(second.output)\(second.errors)")
        let listed = try await cinnabar(["store", "copies", "copies", "--json"], in: folder)
        #expect(try listed.json["generations"]?.arrayValue?.count == 2)

        let verified = try await cinnabar(["store", "verify-copy", "copies", "--deep", "--json"], in: folder)
        #expect(verified.status == 0, "\(verified.output)\(verified.errors)")
        #expect(try verified.json["audit"]?["records"] == 1)
        try FileManager.default.removeItem(at: folder.url.appending(path: "data/store"))
        let restored = try await cinnabar(["store", "restore", "copies"], in: folder)
        #expect(restored.status == 0 && restored.output.contains("goes on where it was"), "\(restored.errors)")
        #expect(try await cinnabar(["register", "two.txt"], in: folder).status == 0)
        #expect(try await cinnabar(["log", "audit"], in: folder).status == 0)
    }

    @Test func aCopyOlderThanTheGuardIsToldAndADrillIsFine() async throws {
        let folder = try await makeNotaryFolder()
        #expect(try await cinnabar(["store", "copy", "copies"], in: folder).status == 0)
        try folder.write("one", to: "one.txt")
        #expect(try await cinnabar(["register", "one.txt"], in: folder).status == 0)
        let drill = try await cinnabar(
            ["store", "restore", "copies", "--data", "drill", "--set", "keys=data/keys", "--json"],
            in: folder
        )
        #expect(drill.status == 0, "\(drill.output)\(drill.errors)")
        #expect(try drill.json["logs"]?.arrayValue?.first?["guard"] == "absent")
        #expect(try await cinnabar(["store", "restore", "copies"], in: folder).status == 3)
        try FileManager.default.removeItem(at: folder.url.appending(path: "data/store"))
        let restored = try await cinnabar(["store", "restore", "copies", "--json"], in: folder)
        #expect(restored.status == 1, "\(restored.errors)")
        #expect(try restored.json["logs"]?.arrayValue?.first?["missing"] == 1)
        #expect(try restored.json["ready"] == false)
    }

    @Test func damageAndWrongUseEndWithTheirStatus() async throws {
        let folder = try await makeNotaryFolder()
        #expect(try await cinnabar(["store", "copy", "copies", "--keep", "0"], in: folder).status == 2)
        #expect(try await cinnabar(["store", "verify-copy", "nowhere"], in: folder).status == 3)
        #expect(try await cinnabar(["store", "copies", "nowhere"], in: folder).status == 3)
        #expect(try await cinnabar(["store", "copy", "copies"], in: folder).status == 0)
        let trust = try await cinnabar(["log", "trust"], in: folder)
        try folder.write(trust.output, to: "trust.json")
        let whole = try await cinnabar(["store", "verify-copy", "copies", "--trust", "trust.json"], in: folder)
        #expect(whole.status == 0, "\(whole.output)\(whole.errors)")
        let files = folder.url.appending(path: "copies/files")
        let name = try #require(try FileManager.default.contentsOfDirectory(atPath: files.path).sorted().first)
        try FileManager.default.removeItem(at: files.appending(path: name))
        let damaged = try await cinnabar(["store", "verify-copy", "copies", "--json"], in: folder)
        #expect(damaged.status == 1)
        #expect(try damaged.json["findings"]?.arrayValue?.count == 1)
        let refused = try await cinnabar(
            ["store", "restore", "copies", "--data", "drill", "--set", "keys=data/keys"],
            in: folder
        )
        #expect(refused.status == 1, "\(refused.errors)")
    }
}
