import Evidence
import Foundation
import Programs
import Spawning
import Testing

/// The stock OpenTimestamps client against our calendar and our proofs, over the development calendar.
@Suite struct StockCalendarTests {
    static let areToolsInstalled: Bool = {
        guard Executable.areInstalled("ots", "python3") else { return false }
        let test = "exec python3 -c 'import opentimestamps'"
        return (try? SpawnedProcess("/bin/sh", ["-c", test]))?.waitUntilExit() == 0
    }()

    /// `tools/devcalendar` on a free port.
    private final class DevelopmentCalendar {
        let url: String
        private let process: SpawnedProcess
        private let scratch: Scratch

        init(_ options: String = "") async throws {
            scratch = try Scratch()
            process = try SpawnedProcess(
                "/bin/sh",
                ["-c", "exec python3 '\(Repository.path("tools/devcalendar"))' --port 0 --block-seconds 1 \(options)"],
                output: .file(FileHandle(forWritingTo: URL(filePath: scratch.write([], to: "output"))))
            )
            var text = ""
            while !text.hasSuffix("\n"), process.isRunning {
                try await Task.sleep(for: .milliseconds(20))
                text = String(decoding: try scratch.bytes(of: "output"), as: UTF8.self)
            }
            url = String(text.dropLast())
        }

        // Not by SIGTERM: a child inherits the signals that the threads of tests block.
        deinit { process.kill() }

        /// The same as a Bitcoin node, with a user that it does not ask for.
        var node: String { url.replacing("http://", with: "http://u:p@") }
    }

    private func ots(_ arguments: String..., in folder: Scratch) async throws -> ProgramRun {
        let words = (["ots", "--no-cache"] + arguments).map { "'\($0)'" }.joined(separator: " ")
        return try await Executable.shell.run(["-c", "exec \(words)"], in: folder.path)
    }

    @Test(.enabled(if: areToolsInstalled, "ots (PyPI opentimestamps-client) is not installed"))
    func theStockClientStampsUpgradesAndVerifies() async throws {
        let development = try await DevelopmentCalendar()
        let office = try await DataFolder()
        let server = try await office.server(
            "--set",
            "calendar.enabled=true",
            "--set",
            "calendar.url=http://calendar.example",
            "--set",
            "calendar.upstream=\(development.url)",
            "--set",
            "calendar.roundSeconds=1"
        )
        let folder = try Scratch()
        for name in ["one.txt", "two.txt"] {
            try folder.write(Array("stamped: \(name)\n".utf8), to: name)
            let stamped = try await ots("stamp", "-c", server.url, "-m", "1", name, in: folder)
            #expect(stamped.status == 0, "\(stamped.errors)")
        }
        for name in ["one.txt", "two.txt"] {
            var upgraded = try await ots("upgrade", "-c", server.url, "\(name).ots", in: folder)
            for _ in 0..<60 where upgraded.status != 0 {
                #expect(upgraded.errors.contains("Pending confirmation by a block"), "\(upgraded.errors)")
                try await Task.sleep(for: .seconds(1))
                upgraded = try await ots("upgrade", "-c", server.url, "\(name).ots", in: folder)
            }
            #expect(upgraded.status == 0, "\(upgraded.errors)")
            let verified = try await ots("--bitcoin-node", development.node, "verify", "\(name).ots", in: folder)
            #expect(verified.status == 0 && verified.errors.contains("Success!"), "\(verified.errors)")
        }
        let other = try await ots(
            "--bitcoin-node",
            development.node,
            "verify",
            "-f",
            "two.txt",
            "one.txt.ots",
            in: folder
        )
        #expect(other.status != 0)
        #expect(server.stop() == 0)
    }

    @Test(.enabled(if: areToolsInstalled, "ots (PyPI opentimestamps-client) is not installed"))
    func theStockClientVerifiesARegisteredFile() async throws {
        let development = try await DevelopmentCalendar()
        let office = try await DataFolder()
        let configuration = """
            {"anchors": {"calendars": {"bitcoin": {"urls": ["\(development.url)"], "headersURL": "\(development.url)",
            "intervalSeconds": 1, "pauseSeconds": 1, "selfOperated": true}}}}
            """
        let path = try office.scratch.write(Array(configuration.utf8), to: "cinnabar.json")
        let server = try await office.server("--config", path)
        let client = Client(url: server.url, token: try await office.token())
        let file = try office.scratch.write(Array("a file with a proof of its own\n".utf8), to: "file.txt")
        let registered = try await office.cinnabar("register", file)
        let made = try registered.json["registrations"]?.arrayValue?.first?["registration"]?["id"]?.stringValue
        let id = try #require(made, "\(registered.errors)")
        var exported = try await office.cinnabar("export", id, "-o", "proofs", "--ots")
        var isComplete = false
        for _ in 0..<60 where !isComplete {
            try await Task.sleep(for: .seconds(1))
            exported = try await office.cinnabar("export", id, "-o", "proofs", "--ots")
            isComplete = try await ots("info", "proofs/\(id).ots", in: office.scratch).output.contains("BitcoinBlock")
        }
        #expect(exported.status == 0, "\(exported.errors)")
        let proof = "proofs/\(id).ots"
        let verified = try await ots(
            "--bitcoin-node",
            development.node,
            "verify",
            "-f",
            "file.txt",
            proof,
            in: office.scratch
        )
        #expect(verified.status == 0 && verified.errors.contains("Success!"), "\(verified.errors)")
        let served = try await client.get("/v1/registrations/\(id)/file.ots")
        #expect(served.mediaType == "application/vnd.opentimestamps.ots")
        #expect(try served.bytes == office.scratch.bytes(of: proof))
        // Our own program finds the header beside the proof, and what it is worth.
        let judged = try await Executable.verifier.run(["proofs/\(id).asice"], in: office.scratch.path)
        #expect(judged.status == 0 && judged.output.contains("of a development chain, not of Bitcoin"), "\(judged)")
        #expect(server.stop() == 0)
    }
}
