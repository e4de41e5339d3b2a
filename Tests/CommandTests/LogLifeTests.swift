import Evidence
import Foundation
import Spawning
import Testing

/// A log's keys change, it ends, and another goes on.
@Suite struct LogLifeTests {
    private func register(_ name: String, in folder: TestFolder, _ more: [String] = []) async throws -> CommandRun {
        try folder.write("contract \(name)", to: name)
        return try await cinnabar(["register", name, "--json"] + more, in: folder)
    }

    private func id(_ run: CommandRun) throws -> String {
        try #require(
            try run.json["registrations"]?.arrayValue?.first?["registration"]?["id"]?.stringValue,
            "\(run.errors)"
        )
    }

    @Test func aKeyIsChangedUnderARunningServer() async throws {
        let folder = try await makeNotaryFolder()
        let listed = try await cinnabar(["keys", "list", "--json"], in: folder)
        let first = try #require(try listed.json["keys"]?.arrayValue?.first?["key"]?.stringValue)
        let server = try await RunningServer(in: folder)
        let one = try id(await register("one", in: folder))
        let rotated = try await cinnabar(["keys", "rotate", "--json"], in: folder)
        let second = try #require(try rotated.json["key"]?.stringValue, "\(rotated.errors)")
        let two = try id(await register("two", in: folder))
        #expect(try await cinnabar(["keys", "rotate"], in: folder).status == 0)
        let three = try id(await register("three", in: folder))

        let keys = try await cinnabar(["keys", "list", "--json"], in: folder).json["keys"]?.arrayValue ?? []
        #expect(keys.compactMap { $0["fromSize"]?.integerValue } == [0, 3, 5])
        #expect(keys.compactMap { $0["key"]?.stringValue }.prefix(2) == [first, second])
        // A stranger with the first key follows the announcements; with another log's key nothing holds.
        let notices = ["log", "notices", "--server", server.url, "--token", "unused"]
        let followed = try await cinnabar(notices + ["--key", first], in: folder)
        #expect(followed.status == 0 && followed.output.contains(second), "\(followed.output)\(followed.errors)")
        #expect(try await cinnabar(notices + ["--key", second], in: folder).status == 1)

        #expect(try await cinnabar(["export", one, two, three, "-o", "proofs"], in: folder).status == 0)
        try folder.write(try await cinnabar(["log", "trust"], in: folder).output, to: "trust.json")
        #expect(server.stop() == 0)
        for id in [one, two, three] {
            let verified = try await cinnabar(["verify", "proofs/\(id).asice", "--trust", "trust.json"], in: folder)
            #expect(verified.status == 0, "\(verified.output)")
        }
        let audit = try await cinnabar(["log", "audit"], in: folder)
        #expect(audit.status == 0, "\(audit.output)")
    }

    /// Killed in the middle of changes of keys, again and again: the old key or the new one is in force.
    @Test func killedWhileItsKeyChanges() async throws {
        let folder = try await makeNotaryFolder()
        for round in 0..<6 {
            let server = try await RunningServer(in: folder)
            let (client, streams) = try Executable("cinnabar").start(["keys", "rotate"], in: folder)
            try await Task.sleep(for: .milliseconds(120 + 40 * round))
            server.kill()
            client.waitUntilExit()
            withExtendedLifetime(streams) {}
            let registered = try await register("\(round)", in: folder)
            #expect(registered.status == 0, "\(registered.output)\(registered.errors)")
        }
        let audit = try await cinnabar(["log", "audit", "--json"], in: folder)
        #expect(audit.status == 0, "\(audit.output)\(audit.errors)")
        let keys = try await cinnabar(["keys", "list", "--json"], in: folder).json["keys"]?.arrayValue ?? []
        #expect(try audit.json["entries"]?.integerValue == Int64(6 + keys.count - 1))
    }

    @Test func aLogEndsAndAnotherGoesOn() async throws {
        let folder = try await makeNotaryFolder()
        let server = try await RunningServer(in: folder)
        let one = try id(await register("one", in: folder))
        let freeze = ["log", "freeze", "--next", "log.example.com/next", "--json"]
        #expect(try await cinnabar(freeze, in: folder).status == 2)
        let frozen = try await cinnabar(freeze + ["--yes"], in: folder)
        #expect(frozen.status == 0, "\(frozen.output)\(frozen.errors)")
        func expectRefused() async throws {
            let run = try await register("two", in: folder)
            #expect(run.status != 0)
            #expect(run.output.contains("log.frozen") && run.output.contains("log.example.com/next"), "\(run.output)")
        }
        try await expectRefused()
        #expect(server.stop() == 0)
        try await expectRefused()
        #expect(try await cinnabar(["export", one, "-o", "proofs"], in: folder).status == 0)
        try folder.write(try await cinnabar(["log", "checkpoint"], in: folder).output, to: "last")

        let next = ["--data", "next"]
        let made = try await cinnabar(
            ["init", "--origin", "log.example.com/next", "--follows", "last"] + next,
            in: folder
        )
        #expect(made.status == 0, "\(made.errors)")
        #expect(try await register("two", in: folder, next).status == 0)
        let notices = try await cinnabar(["log", "notices"] + next, in: folder)
        #expect(notices.output.contains("log.example.com") && notices.output.contains("entries     "))
        #expect(try await cinnabar(["log", "audit"] + next, in: folder).status == 0)
        #expect(try await cinnabar(["verify", "proofs/\(one).asice"], in: folder).status == 0)
    }
}
