import Evidence
import Foundation
import Programs
import Testing

/// Time from outside: the authority of one server stamps the log of another over HTTP (RFC 3161).
@Suite struct AuthorityTests {
    /// More than an interval, much less than a person waits.
    private static let patience = Duration.seconds(30)

    @Test func anOutsideAuthorityStampsAndMayFail() async throws {
        let authority = try await DataFolder()
        let clock = try await authority.server()
        let office = try await DataFolder()
        let token = try await office.token()
        let contract = try office.scratch.write(Array("A lease.".utf8), to: "lease.txt")
        let first = try await office.cinnabar("register", contract, "--evidence", office.scratch["proofs"])
        let id = try #require(first.json["registrations"]?.arrayValue?.first?["registration"]?["id"]?.stringValue)
        let path = office.scratch["proofs/\(id).asice"]
        let early = try UnpackedEvidence(Scratch.bytes(at: path))
        #expect(early.paths(endingIn: ".tsr").count == 1)

        // The built-in authority has stamped the first entry; the outsider will find two.
        #expect(try await office.cinnabar("register", contract).status == 0)
        let server = try await office.server("--config", configure(office, authority: clock))
        let client = Client(url: server.url, token: token)
        try await expectSoon("The outside authority stamps the log.") {
            try await client.get("/v1/registrations/\(id)").json["timestamps"]?.arrayValue?.count == 2
        }

        let late = try UnpackedEvidence((try await client.get("/v1/registrations/\(id)/evidence")).bytes)
        try await expectAdded(late, to: early)
        let evidencePath = try office.scratch.write(try late.repacked, to: "late.asice")
        let trust = try office.scratch.write(try await client.get("/v1/trust").bytes, to: "late-trust.json")
        let judgement = try await Judgement(of: evidencePath, file: contract, trust: trust)
        #expect(judgement.status == 0, "\(judgement.failed)")
        #expect(judgement.passed.contains { $0.hasPrefix("time.outside.tsr@") })
        // For who trusts this log and its own authority only, the outsider vouches for nothing and spoils nothing.
        let wary = try await Judgement(of: evidencePath, file: contract, trust: office.trustPath)
        #expect(wary.status == 0, "\(wary.failed)")
        #expect(!wary.passed.contains { $0.hasPrefix("time.outside.tsr@") })
        if ReadmeCommandTests.areToolsInstalled {
            try await ReadmeCommandTests.expectEveryCommandHolds(in: late, file: contract)
        }

        #expect(clock.stop() == 0)
        try await register("still taken", client)
        try await expectSoon("Health says that the authority failed.") {
            try await client.get("/healthz").json["authorities"]?["outside"]?["lastFailure"]?.stringValue != nil
        }
        let health = try await client.get("/healthz")
        #expect(health.status == 200)
        #expect(try health.json["status"] == "ok")
        try await register("and taken", client)
        #expect(server.stop() == 0)
        // Without the configuration, too: an authority that is no longer asked has still stamped.
        let audit = try await office.audit()
        #expect(audit.status == 0 && audit.report["entries"] == 4, "\(audit.report)")
        let exported = try await office.cinnabar("export", id, "-o", office.scratch["later"])
        try #require(exported.status == 0, "\(exported.errors)")
        let laterPath = office.scratch["later/\(id).asice"]
        #expect(try Scratch.bytes(at: laterPath) == late.repacked)
        #expect(try await Judgement(of: laterPath, file: contract).status == 0)
    }

    /// A stock client asks the built-in authority and a stock tool checks the answer.
    @Test(.enabled(if: Executable.areInstalled("openssl"), "openssl is not installed"))
    func stockToolsGetATimestampFromTheBuiltInAuthority() async throws {
        let server = try await DataFolder().server()
        let client = Client(url: server.url)
        let scratch = try Scratch()
        try scratch.write(Array("Any data.".utf8), to: "data")
        let query = try await openssl("ts -query -data data -sha256 -cert -out query.tsq", scratch)
        try #require(query.status == 0, "\(query.errors)")
        let request = try scratch.bytes(of: "query.tsq")
        let reply = try await client.send("POST", "/tsa", .bytes(request, mediaType: "application/timestamp-query"))
        #expect(reply.status == 200 && reply.mediaType == "application/timestamp-reply")
        try scratch.write(reply.bytes, to: "reply.tsr")
        try scratch.write(try await client.get("/tsa/root.pem").bytes, to: "root.pem")
        let verified = try await openssl("ts -verify -queryfile query.tsq -in reply.tsr -CAfile root.pem", scratch)
        #expect(verified.status == 0 && (verified.output + verified.errors).contains("Verification: OK"))
        let whole = try await openssl("ts -verify -data data -in reply.tsr -CAfile root.pem", scratch)
        #expect(whole.status == 0)
        try scratch.write(Array("Other data.".utf8), to: "data")
        let other = try await openssl("ts -verify -data data -in reply.tsr -CAfile root.pem", scratch)
        #expect(other.status != 0)
        #expect(server.stop() == 0)
    }

    /// The configuration of an office that asks `clock` every second.
    private func configure(_ office: DataFolder, authority clock: RunningServer) async throws -> String {
        let root = try await Client(url: clock.url).get("/tsa/root.pem")
        let roots = try office.scratch.write(root.bytes, to: "outside-roots.pem")
        let configuration: JSONValue = [
            "timestamps": [
                "authorities": [
                    "outside": ["url": .string(clock.url + "/tsa"), "intervalSeconds": 1, "roots": .string(roots)]
                ]
            ]
        ]
        return try office.scratch.write(configuration.encoded(), to: "cinnabar.json")
    }

    /// Exporting again adds folders and anchors and never replaces one.
    private func expectAdded(_ late: UnpackedEvidence, to early: UnpackedEvidence) async throws {
        #expect(late.paths(endingIn: "/checkpoint.signed").count == 2)
        #expect(late.paths(endingIn: ".tsr").count == 2)
        #expect(late.paths(endingIn: ".ers").count == 2)
        for (path, bytes) in early.members where path != "README.txt" {
            #expect(late.members[path] == bytes, "\(path)")
        }
        #expect(late.members.count > early.members.count)
    }

    private func register(_ text: String, _ client: Client) async throws {
        let answer = try await client.send("POST", "/v1/registrations", .form(Form(file: Array(text.utf8))))
        #expect(answer.status == 201, "\(answer.text)")
    }

    private func expectSoon(_ what: Comment, _ condition: () async throws -> Bool) async throws {
        let start = ContinuousClock.now
        while try await !condition() {
            try #require(ContinuousClock.now - start < Self.patience, what)
            try await Task.sleep(for: .milliseconds(100))
        }
    }

    private func openssl(_ arguments: String, _ folder: Scratch) async throws -> ProgramRun {
        try await Executable.shell.run(["-c", "openssl \(arguments)"], in: folder.path)
    }
}
