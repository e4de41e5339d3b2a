import Evidence
import Foundation
import Testing

/// `cinnabar anchors` on a data folder that nobody holds, and on one that a server does.
@Suite struct AnchorCommandTests {
    private func outsider(_ run: CommandRun) throws -> JSONValue {
        try #require(try run.json["outsiders"]?.arrayValue?.first, "\(run.output)\(run.errors)")
    }

    @Test func aPauseHoldsOverServersAndCommands() async throws {
        let folder = try await makeNotaryFolder()
        try folder.write("A contract.", to: "contract.txt")
        let paused = try await cinnabar(["anchors", "pause", "self-operated", "--json"], in: folder)
        #expect(try outsider(paused)["state"] == "paused")
        let server = try await RunningServer(in: folder)
        #expect(try outsider(await cinnabar(["anchors", "status", "--json"], in: folder))["state"] == "paused")
        #expect(try await cinnabar(["register", "contract.txt"], in: folder).status == 0)
        let status = try outsider(await cinnabar(["anchors", "status", "--json"], in: folder))
        #expect(status["size"] == 0 && status["dueBy"]?.stringValue != nil && status["late"] == false)
        let resumed = try await cinnabar(["anchors", "resume", "self-operated", "--json"], in: folder)
        #expect(try outsider(resumed)["pausedSince"] == .null)
        #expect(server.stop() == 0)
        let after = try await cinnabar(["anchors", "status"], in: folder)
        #expect(after.status == 0 && after.output.contains("up to date"), "\(after.output)\(after.errors)")
    }

    @Test func aRetryWorksWithoutAServer() async throws {
        let folder = try await makeNotaryFolder()
        try folder.write("A contract.", to: "contract.txt")
        #expect(try await cinnabar(["register", "contract.txt"], in: folder).status == 0)
        #expect(try outsider(await cinnabar(["anchors", "status", "--json"], in: folder))["size"] == 0)
        let retried = try outsider(await cinnabar(["anchors", "retry", "--json"], in: folder))
        #expect(retried["size"] == 1 && retried["state"] == "up to date")
        let unknown = try await cinnabar(["anchors", "retry", "nobody", "--json"], in: folder)
        #expect(unknown.status == 1)
        #expect(try unknown.json["error"]?["code"] == "outsider.unknown")
    }
}
