import Evidence
import Testing

@Suite struct UsageTests {
    @Test func withoutArgumentsShowsHelpWithTheFirstCommands() async throws {
        let run = try await cinnabar([], in: TestFolder())
        #expect(run.status == 0)
        for command in ["cinnabar init --origin", "cinnabar register", "cinnabar search"] {
            #expect(run.output.contains(command))
        }
    }

    @Test func printsItsVersion() async throws {
        let run = try await cinnabar(["--version"], in: TestFolder())
        #expect(run.status == 0)
        #expect(run.output.split(separator: ".").count == 3)
    }

    @Test(arguments: [
        ["bogus"], ["register"], ["register", "--bogus", "a"], ["register", "absent.jpg"], ["register", "."],
        ["register", "--idempotency-key", "k", "a", "b"], ["search", "absent.jpg"], ["log", "proof", "12"],
        ["export", "zz", "-o", "x"], ["export", String(repeating: "a", count: 64)], ["init"],
        ["init", "--origin", "https://log.example.com"], ["init", "--origin", "log example"],
        ["init", "--origin", "log+example.com"], ["init", "--origin", "/path"],
        ["init", "--origin", "log.example.com/"],
        ["import", "absent"], ["config", "--set", "nothing=1"], ["config", "--set", "server.port=abc"],
        ["config", "--set", "server.port"], ["config", "--config", "absent.json"],
        ["log", "checkpoint", "--server", "ftp://x", "--token", "t"],
        ["log", "checkpoint", "--server", "http://127.0.0.1:1"], ["tokens", "create"],
    ])
    func refusesWrongUsage(_ arguments: [String]) async throws {
        let run = try await cinnabar(arguments, in: TestFolder())
        #expect(run.status == 2, "\(run.output)\(run.errors)")
        #expect(run.output.isEmpty)
        #expect(run.errors.count > 20)
    }

    @Test(arguments: [["register", "--json"], ["config", "--json", "--set", "nothing=1"]])
    func failsInJSONForScripts(_ arguments: [String]) async throws {
        let run = try await cinnabar(arguments, in: TestFolder())
        #expect(run.status == 2)
        let error = try #require(try run.json["error"])
        #expect(error["code"]?.stringValue?.isEmpty == false)
        #expect(error["message"]?.stringValue?.isEmpty == false)
    }

    @Test(arguments: [
        ["register", "note.txt"], ["search", "note.txt"], ["log", "checkpoint"], ["log", "audit"],
        ["accounts", "list"],
        ["tokens", "create", "--account", "default"], ["tokens", "list"], ["import", "note.txt"], ["serve"],
        ["export", String(repeating: "a", count: 64), "-o", "x"],
    ])
    func saysWhenThereIsNoDataFolder(_ arguments: [String]) async throws {
        let folder = try TestFolder()
        try folder.write("Hello.", to: "note.txt")
        let run = try await cinnabar(arguments, in: folder)
        #expect(run.status == 3, "\(run.output)\(run.errors)")
        #expect(run.errors.contains("cinnabar init --origin"))
    }

    @Test func saysWhenNoServerAnswers() async throws {
        let run = try await cinnabar(
            ["log", "checkpoint", "--server", "http://127.0.0.1:1", "--json"],
            in: TestFolder(),
            environment: ["CINNABAR_TOKEN": "secret"]
        )
        #expect(run.status == 3)
        #expect(try run.json["error"]?["code"] == "server.unreachable")
    }
}
