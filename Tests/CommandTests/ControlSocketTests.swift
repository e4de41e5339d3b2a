import Evidence
import Foundation
import Testing

/// Commands on a data folder that a running server holds.
@Suite struct ControlSocketTests {
    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    @Test func administersARunningServer() async throws {
        let folder = try await makeNotaryFolder()
        let server = try await RunningServer(in: folder)
        #expect(try mode(folder.path("data/control.sock")) == 0o600)

        let account = ["accounts", "create", "--name", "Läden & Co", "--originals", "never", "--json"]
        #expect(try await cinnabar(account, in: folder).json["originals"] == "never")
        #expect(try await cinnabar(account, in: folder).status == 3)
        let listed = try await cinnabar(["accounts", "list", "--json"], in: folder)
        #expect(try listed.json["accounts"]?.arrayValue?.count == 2)

        let made = try await cinnabar(["tokens", "create", "--account", "Läden & Co", "--json"], in: folder)
        let token = try #require(try made.json["token"]?.stringValue, "\(made.errors)")
        let environment = ["CINNABAR_TOKEN": token]
        let search = ["search", "contract.txt", "--server", server.url]
        try folder.write("A contract.", to: "contract.txt")
        #expect(try await cinnabar(search, in: folder, environment: environment).status == 0)

        let tokens = try await cinnabar(["tokens", "list", "--account", "Läden & Co", "--json"], in: folder)
        let id = try #require(try tokens.json["tokens"]?.arrayValue?.first?["id"]?.stringValue)
        #expect(try await cinnabar(["tokens", "revoke", id], in: folder).status == 0)
        // At once, and not after a restart.
        #expect(try await cinnabar(search, in: folder, environment: environment).status == 3)
        let unknown = try await cinnabar(["tokens", "revoke", "ffffffffffffffff", "--json"], in: folder)
        #expect(unknown.status == 1)
        #expect(try unknown.json["error"]?["code"] == "token.unknown")
        #expect(server.stop() == 0)
        #expect(!FileManager.default.fileExists(atPath: folder.path("data/control.sock")))
        // And the same on the folder itself.
        #expect(try await cinnabar(["tokens", "list", "--json"], in: folder).json["tokens"]?.arrayValue?.count == 1)
    }

    @Test func registersAndReadsAsOnAFolderThatNobodyHolds() async throws {
        let folder = try await makeNotaryFolder()
        _ = try await cinnabar(["accounts", "create", "--name", "Läden & Co"], in: folder)
        try folder.write("A contract.", to: "contract.txt")
        let server = try await RunningServer(in: folder)
        let account = ["--account", "Läden & Co", "--json"]
        let run = try await cinnabar(["register", "contract.txt"] + account, in: folder)
        let registration = try #require(try run.json["registrations"]?.arrayValue?.first?["registration"])
        #expect(registration["record"]?["submitter"]?["account"] == "Läden & Co", "\(run.output)")
        let id = try #require(registration["id"]?.stringValue)
        #expect(try await cinnabar(["export", id, "-o", "proofs", "--account", "Läden & Co"], in: folder).status == 0)
        // Another account's: refused, whoever asks.
        #expect(try await cinnabar(["export", id, "-o", "proofs"], in: folder).status == 1)
        #expect(try await cinnabar(["register", "contract.txt", "--account", "nobody"], in: folder).status == 3)
        let audit = try await cinnabar(["log", "audit", "--json"], in: folder)
        #expect(audit.status == 0, "\(audit.output)\(audit.errors)")
        #expect(try audit.json["entries"] == 1)
        #expect(server.stop() == 0)
    }

    @Test func aKilledServersSocketIsInNobodysWay() async throws {
        let folder = try await makeNotaryFolder()
        let killed = try await RunningServer(in: folder)
        killed.kill()
        #expect(FileManager.default.fileExists(atPath: folder.path("data/control.sock")))
        #expect(try await cinnabar(["accounts", "list"], in: folder).status == 0)
        let server = try await RunningServer(in: folder)
        #expect(try await cinnabar(["accounts", "list"], in: folder).status == 0)
        #expect(server.stop() == 0)
    }

    @Test func aSocketGoesElsewhere() async throws {
        let folder = try await makeNotaryFolder()
        let long = String(repeating: "long", count: 30)
        let refused = try await cinnabar(["serve", "--set", "control.socket=\(long)/c", "--json"], in: folder)
        #expect(refused.status == 3)
        #expect(try refused.json["error"]?["code"] == "control.pathTooLong")
        #expect(refused.errors.contains("control.socket") || refused.output.contains("control.socket"))

        try folder.write("no socket", to: "file")
        let occupied = try await cinnabar(
            ["serve", "--port", "0", "--set", "control.socket=file", "--json"],
            in: folder
        )
        #expect(try occupied.json["error"]?["code"] == "control.occupied", "\(occupied.output)\(occupied.errors)")

        let elsewhere = ["--set", "control.socket=run/c"]
        let server = try await RunningServer(in: folder, arguments: elsewhere)
        #expect(try mode(folder.path("run")) == 0o700)
        #expect(try await cinnabar(["accounts", "list"] + elsewhere, in: folder).status == 0)
        #expect(try await cinnabar(["accounts", "list"], in: folder).status == 3)
        #expect(server.stop() == 0)
    }
}
