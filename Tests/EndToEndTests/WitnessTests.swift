import Anchoring
import Evidence
import Foundation
import MerkleLog
import Programs
import Testing

/// A server and witnesses as processes of their own.
@Suite struct WitnessTests {
    /// Many intervals, and much less than a person waits.
    private static let patience = Duration.seconds(60)

    private struct Party {
        let office: DataFolder
        let folders: [String]
        private(set) var keys: [VerifierKey]
        var witnesses: [RunningWitness]

        /// A data folder with two witnesses that both must cosign.
        init() async throws {
            office = try await DataFolder()
            let trust = try TrustBundle(parsing: Scratch.bytes(at: office.trustPath))
            folders = [office.scratch["w1"], office.scratch["w2"]]
            (keys, witnesses) = ([], [])
            for (number, folder) in folders.enumerated() {
                let name = "witness.example/w\(number + 1)"
                keys.append(try await RunningWitness.make(at: folder, name: name, logs: trust.logKeys))
                witnesses.append(try await RunningWitness(folder: folder))
            }
            let lines = [
                "log \(trust.logKeys[0].text)", "witness w1 \(keys[0].text) \(witnesses[0].url)",
                "witness w2 \(keys[1].text) \(witnesses[1].url)", "group both all w1 w2", "quorum both", "",
            ]
            try office.scratch.write(Array(lines.joined(separator: "\n").utf8), to: "policy")
        }

        func server() async throws -> RunningServer {
            try await office.server(
                "--set",
                "witness.policy=\(office.scratch["policy"])",
                "--set",
                "witness.intervalSeconds=1"
            )
        }
    }

    @Test func registrationsBecomeWitnessedAndWaitForNobody() async throws {
        var party = try await Party()
        let token = try await party.office.token()
        let server = try await party.server()
        let client = Client(url: server.url, token: token)
        let contract = try party.office.scratch.write(Array("A lease.".utf8), to: "lease.txt")
        let id = try await register(Scratch.bytes(at: contract), client)
        try await expectSoon("Both witnesses cosign.") { try await isWitnessed(id, client) }
        let registration = try await client.get("/v1/registrations/\(id)").json
        #expect(registration["state"] == "witnessed")
        #expect(registration["witnessed"]?["witnesses"] == ["w1", "w2"])
        try await expectCosigners(party.keys, at: "/log/witnessed-checkpoint", client, log: server.logKey)
        try await expectEvidence(of: id, file: contract, party, client)

        #expect(party.witnesses[1].stop() == 0)
        let second = try await register(Array("A second lease.".utf8), client)
        try await expectSoon("The other witness goes on alone.") {
            try await cosigners(at: "/log/checkpoint", client, log: server.logKey) == [party.keys[0]]
        }
        let unwitnessed = try await client.get("/v1/registrations/\(second)").json
        #expect(unwitnessed["witnessed"] == .null)
        #expect(unwitnessed["stateMeans"]?.stringValue?.contains("unwitnessed") == true)
        try await expectSoon("Health says which witness failed.") {
            try await client.get("/healthz").json["witnesses"]?["w2"]?["lastFailure"]?.stringValue != nil
        }
        #expect(try await client.get("/healthz").status == 200)
        try await expectCosigners(party.keys, at: "/log/witnessed-checkpoint", client, log: server.logKey)

        party.witnesses[1] = try await RunningWitness(folder: party.folders[1], port: party.witnesses[1].port)
        try await expectSoon("The late cosignature appears under the same checkpoint.") {
            try await isWitnessed(second, client)
        }
        try await expectCosigners(party.keys, at: "/log/checkpoint", client, log: server.logKey)
        #expect(server.stop() == 0)
        // What was collected is kept.
        let restarted = try await party.server()
        #expect(try await isWitnessed(second, Client(url: restarted.url, token: token)))
        #expect(restarted.stop() == 0)
        for witness in party.witnesses { #expect(witness.stop() == 0) }
    }

    /// A store that was set back submits less than the witness has: it says so, and nothing is cosigned.
    @Test func aWitnessNeverGoesBack() async throws {
        let party = try await Party()
        let token = try await party.office.token()
        let server = try await party.server()
        let client = Client(url: server.url, token: token)
        var acknowledged: [(size: UInt64, checkpoint: [UInt8])] = []
        var witness = party.witnesses[0]
        var generator = SeededGenerator(seed: 20_261_121)
        for round in 0..<10 {
            for number in 0..<3 { _ = try await register(Array("\(round) \(number)".utf8), client) }
            try await Task.sleep(for: .milliseconds(Int.random(in: 0..<1500, using: &generator)))
            let checkpoint = try await client.get("/log/checkpoint").bytes
            let note = try SignedNote(parsing: checkpoint)
            let verified = try note.verifiedCheckpoint(log: server.logKey, witnesses: [party.keys[0]])
            if !verified.cosignatures.isEmpty { acknowledged.append((verified.checkpoint.size.value, checkpoint)) }
            witness.kill()
            witness = try await RunningWitness(folder: party.folders[0], port: witness.port)
            for older in acknowledged.suffix(3) {
                let body = Array("old 0\n\n".utf8) + older.checkpoint
                let answer = try await Client(url: witness.url)
                    .send("POST", "/add-checkpoint", .bytes(body, mediaType: "text/plain"))
                #expect(answer.status == 409 && answer.mediaType == "text/x.tlog.size")
                let size = try #require(UInt64(answer.text.dropLast()))
                #expect(size >= acknowledged.map(\.size).max() ?? 0)
            }
        }
        #expect(!acknowledged.isEmpty)
        #expect(server.stop() == 0)
    }

    @Test func twoWitnessesOnOneFolderAreRefused() async throws {
        let party = try await Party()
        let run = try await Executable.cinnabar.run(
            ["witness", "serve", "--folder", party.folders[0], "--port", "0", "--json"]
        )
        #expect(run.status == 3)
        #expect(try run.json["error"]?["code"] == "witness.locked")
        #expect(party.witnesses[0].stop() == 0)
        let state = try FileManager.default.contentsOfDirectory(atPath: "\(party.folders[0])/state")
        try FileManager.default.removeItem(atPath: "\(party.folders[0])/state/\(try #require(state.first))")
        await #expect(throws: RunningServer.NotListening.self) { try await RunningWitness(folder: party.folders[0]) }
    }

    private func expectEvidence(of id: String, file: String, _ party: Party, _ client: Client) async throws {
        let evidence = try await client.get("/v1/registrations/\(id)/evidence").bytes
        let path = try party.office.scratch.write(evidence, to: "lease.asice")
        let trust = try party.office.scratch.write(try await client.get("/v1/trust").bytes, to: "witnessed-trust.json")
        let judgement = try await Judgement(of: path, file: file, trust: trust)
        #expect(judgement.status == 0, "\(judgement.failed)")
        #expect(judgement.passed.contains { $0.hasPrefix("log.cosignatures@") })
        // For who chose no policy, the lines are there and prove nothing.
        let wary = try await Judgement(of: path, file: file, trust: party.office.trustPath)
        #expect(wary.status == 0, "\(wary.failed)")
        #expect(!wary.passed.contains { $0.hasPrefix("log.cosignatures@") })
    }

    private func isWitnessed(_ id: String, _ client: Client) async throws -> Bool {
        try await client.get("/v1/registrations/\(id)").json["witnessed"]?["size"]?.integerValue != nil
    }

    private func cosigners(at path: String, _ client: Client, log: VerifierKey) async throws -> [VerifierKey] {
        let note = try SignedNote(parsing: try await client.get(path).bytes)
        #expect(note.signatures.first?.keyID == log.keyID, "The log's own line comes first.")
        let keys = try TrustBundle(parsing: try await client.get("/v1/trust").bytes).witnessPolicy?.witnesses.map(\.key)
        return try note.verifiedCheckpoint(log: log, witnesses: keys ?? []).cosignatures.map(\.key)
    }

    private func expectCosigners(
        _ keys: [VerifierKey],
        at path: String,
        _ client: Client,
        log: VerifierKey
    ) async throws {
        #expect(try await Set(cosigners(at: path, client, log: log)) == Set(keys))
    }

    private func register(_ bytes: [UInt8], _ client: Client) async throws -> String {
        let answer = try await client.send("POST", "/v1/registrations", .form(Form(file: bytes)))
        try #require(answer.status == 201, "\(answer.text)")
        return try #require(answer.json["id"]?.stringValue)
    }

    private func expectSoon(_ what: Comment, _ condition: () async throws -> Bool) async throws {
        let start = ContinuousClock.now
        while try await !condition() {
            try #require(ContinuousClock.now - start < Self.patience, what)
            try await Task.sleep(for: .milliseconds(100))
        }
    }
}
