import Evidence
import Foundation
import MerkleLog
import Programs
import Testing

/// The whole log as a program on golang.org/x/mod sees it, which shares nothing with ours but the published formats.
@Suite struct StockLogTests {
    static let isGoInstalled =
        Executable.areInstalled("go")
        && FileManager.default.fileExists(atPath: "/usr/share/gocode/src/golang.org/x/mod/sumdb/tlog/tlog.go")

    @Test(.enabled(if: isGoInstalled, "Go or Debian's golang-golang-x-mod-dev is not installed"))
    func aGoProgramChecksAServedLog() async throws {
        let checker = try await LogChecker()
        let office = try await DataFolder()
        let token = try await office.token()
        let logKey = try TrustBundle(parsing: Scratch.bytes(at: office.trustPath)).logKeys[0]
        let folder = try Scratch()
        let cosigner = try await RunningWitness.make(at: folder["witness"], name: "witness.example/w1", logs: [logKey])
        let witness = try await RunningWitness(folder: folder["witness"])
        let policy = "witness w1 \(cosigner.text) \(witness.url)\nquorum w1\n"
        let policyPath = try folder.write(Array(policy.utf8), to: "policy")
        let server = try await office.server(
            "--set",
            "witness.policy=\(policyPath)",
            "--set",
            "witness.intervalSeconds=1"
        )
        let key = server.logKey.text
        let filled = try await checker.run(["fill", server.url, "600"], token: token)
        #expect(filled.status == 0 && filled.output == "registered: 600\n", "\(filled.output)\(filled.errors)")
        var checked = try await checker.run(["check", "\(server.url)/log", key, cosigner.text])
        for _ in 0..<60 where checked.status != 0 {
            try await Task.sleep(for: .seconds(1))
            checked = try await checker.run(["check", "\(server.url)/log", key, cosigner.text])
        }
        #expect(checked.status == 0 && checked.output.hasPrefix("log holds: entries=600 signatures=2 "), "\(checked)")
        let proofs = try await checker.run(["proofs", "\(server.url)/log", server.url, key])
        #expect(proofs.status == 0 && proofs.output == "proofs hold: served_proofs=200\n", "\(proofs)")

        let mirrored = try await Executable.cinnabar.run(
            ["log", "serve-static", folder["log"], "--url", "\(server.url)/log", "--key", key, "--json"]
        )
        #expect(mirrored.status == 0, "\(mirrored.errors)")
        #expect(try await checker.run(["check", "file://\(folder["log"])", key]).status == 0)
        for name in ["log/tile/0/001", "log/tile/1/000.p/2", "log/tile/entries/002.p/88", "log/checkpoint"] {
            let good = try folder.bytes(of: name)
            var damaged = good
            damaged[40] ^= 1
            try folder.write(damaged, to: name)
            let found = try await checker.run(["check", "file://\(folder["log"])", key])
            #expect(found.status == 1 && found.output.hasPrefix("FAILED"), "\(name): \(found)")
            try folder.write(good, to: name)
        }

        let stranger = try await DataFolder().server()
        let wrong = try await checker.run(["check", "\(server.url)/log", stranger.logKey.text])
        #expect(wrong.status == 1 && wrong.output.hasPrefix("FAILED"), "\(wrong)")
        #expect(server.stop() == 0 && stranger.stop() == 0 && witness.stop() == 0)
    }
}

/// `tools/verifiers/logcheck.go`, built for these tests.
struct LogChecker {
    private let folder: Scratch
    private let program: Executable

    init() async throws {
        folder = try Scratch()
        program = Executable(path: folder["logcheck"])
        let built = try await Executable.shell.run(
            ["-c", "go build -o '\(folder["logcheck"])' '\(Repository.path("tools/verifiers/logcheck.go"))'"],
            environment: Executable.cleanEnvironment.merging(
                ["GO111MODULE": "off", "GOPATH": "/usr/share/gocode", "GOCACHE": folder["cache"]]
            ) { _, ours in ours }
        )
        try #require(built.status == 0, "\(built.errors)")
    }

    func run(_ arguments: [String], token: String = "") async throws -> ProgramRun {
        try await program.run(arguments, environment: ["CINNABAR_TOKEN": token])
    }
}
