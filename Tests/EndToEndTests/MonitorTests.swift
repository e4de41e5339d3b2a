import Evidence
import Foundation
import MerkleLog
import Programs
import Testing

/// `cinnabar log monitor` against served logs, as a stranger runs it.
@Suite struct MonitorTests {
    private static let unused = "http://127.0.0.1:9"

    private static func monitor(_ server: RunningServer, in scratch: Scratch, _ arguments: String...) async throws
        -> ProgramRun
    {
        try await Executable.cinnabar.run(
            ["log", "monitor", "\(server.url)/log", "--key", server.logKey.text, "--once", "--json"]
                + ["--state", scratch["state"]] + arguments,
            in: scratch.path
        )
    }

    private static func register(_ paths: [String], in office: DataFolder) async throws {
        let run = try await office.cinnabar(["register"] + paths.map(SampleShop.path))
        try #require(run.status == 0, "\(run.output)\(run.errors)")
    }

    private static func kinds(_ run: ProgramRun) throws -> [String] {
        try run.json["alarms"]?.arrayValue?.compactMap { $0["kind"]?.stringValue } ?? []
    }

    /// Two data folders with one key that share a beginning: what an operator who cheats has.
    @Test func aLogForkedOnPurposeIsCaught() async throws {
        let scratch = try Scratch()
        let office = try await DataFolder()
        try await Self.register(Array(SampleShop.contracts.prefix(1)), in: office)
        let twin = try await DataFolder(copying: office)
        try await Self.register(Array(SampleShop.contracts.dropFirst()), in: office)
        try await Self.register(Array(SampleShop.contracts.dropFirst()), in: twin)
        let other = try await twin.cinnabar("log", "checkpoint")
        let note = try #require(try other.json["note"]?.stringValue)
        try scratch.write(Array(note.utf8), to: "seen-elsewhere")

        let server = try await office.server()
        let calm = try await Self.monitor(server, in: scratch)
        #expect(calm.status == 0, "\(calm.output)\(calm.errors)")
        #expect(try calm.json["checkedEntries"]?.integerValue == Int64(SampleShop.contracts.count))

        let hook = try await Listener()
        let split = try await Self.monitor(
            server,
            in: scratch,
            "--also",
            scratch["seen-elsewhere"],
            "--webhook",
            hook.url
        )
        #expect(split.status == 1)
        #expect(try Self.kinds(split) == ["split view"])
        #expect(hook.text.contains("\"cinnabar\":\"log-alarm-1\"") && hook.text.contains("split view"))
        let evidence = try #require(try split.json["alarms"]?.arrayValue?.first?["evidence"]?.stringValue)
        #expect(try Scratch.bytes(at: evidence + "/2.note") == Array(note.utf8))
        #expect(server.stop() == 0)

        // The same address, as far as the monitor knows, now shows the other history.
        let liar = try await twin.server()
        let caught = try await Self.monitor(liar, in: scratch)
        #expect(caught.status == 1)
        #expect(try Self.kinds(caught) == ["split view"])
        #expect(liar.stop() == 0)
    }

    @Test func anOlderCopyPutBackIsCaught() async throws {
        let scratch = try Scratch()
        let office = try await DataFolder()
        try await Self.register(Array(SampleShop.contracts.prefix(1)), in: office)
        let copy = try await DataFolder(copying: office)
        try await Self.register(Array(SampleShop.contracts.dropFirst()), in: office)
        let server = try await office.server()
        #expect(try await Self.monitor(server, in: scratch).status == 0)
        #expect(server.stop() == 0)
        let older = try await copy.server()
        let run = try await Self.monitor(older, in: scratch)
        #expect(run.status == 1)
        #expect(try Self.kinds(run) == ["rollback"])
        #expect(older.stop() == 0)
    }

    @Test func watchesUntilItIsToldToStop() async throws {
        let scratch = try Scratch()
        let office = try await DataFolder()
        let server = try await office.server()
        let script = """
            "$0" log monitor "$1/log" --key "$2" --state "$3" --interval 1s --json & monitor=$!
            while [ ! -e "$3/times" ]; do sleep 0.1; done
            kill -TERM $monitor
            wait $monitor
            """
        let run = try await Executable.shell.run(
            ["-c", script, Executable.cinnabar.path, server.url, server.logKey.text, scratch["state"]]
        )
        #expect(run.status == 0, "\(run.errors)")
        #expect(try run.jsonLines.allSatisfy { $0["alarms"] == [] })
        #expect(server.stop() == 0)
    }

    @Test func troublesHaveTheirOwnStatus() async throws {
        let scratch = try Scratch()
        let office = try await DataFolder()
        let server = try await office.server()
        let stranger = try await DataFolder().server()
        let wrongKey = try await Executable.cinnabar.run(
            ["log", "monitor", "\(server.url)/log", "--key", stranger.logKey.text]
                + ["--once", "--json", "--state", scratch["wrong-key"]]
        )
        #expect(wrongKey.status == 1)
        #expect(try Self.kinds(wrongKey) == ["unsigned"])
        let silent = try await Executable.cinnabar.run(
            ["log", "monitor", Self.unused, "--key", server.logKey.text, "--once", "--json"]
                + ["--state", scratch["silent"]]
        )
        #expect(silent.status == 3)
        #expect(try silent.json["error"]?["code"] == "log.unreachable")
        let usage = try await Executable.cinnabar.run(["log", "monitor", server.url, "--key", "no key", "--once"])
        #expect(usage.status == 2)
        #expect(server.stop() == 0 && stranger.stop() == 0)
    }
}
