import Bytes
import Evidence
import Foundation
import Programs
import Testing

/// One server with the built-in authority and another that counts, killed while it anchors.
struct AnchorKillRun {
    /// From the first request of an interval to some intervals.
    private static let pauseMilliseconds = 0...1500
    private static let registrationsPerKill = 3
    /// How often, and with what pause, the end is waited for: far longer than the longest rest after a failure here.
    private static let waitRounds = 600
    private static let waitMilliseconds = 100

    private let office: DataFolder
    private let token: String
    private let authority: CountingAuthority
    private let seed: UInt64
    private var random: SeededGenerator
    private var ids: [String] = []
    private var number: UInt64 = 0
    private(set) var counts = AnchorKillCounts()

    init(seed: UInt64) async throws {
        self.seed = seed
        random = SeededGenerator(seed: seed)
        office = try await DataFolder()
        token = try await office.token()
        authority = try await CountingAuthority()
        try office.scratch.write(Array(authority.rootPEM.utf8), to: "roots.pem")
        let settings: JSONValue = [
            "timestamps": [
                "authorities": [
                    "counting": [
                        "url": .string(authority.url), "intervalSeconds": 1,
                        "roots": .string(office.scratch["roots.pem"]), "selfOperated": true,
                    ]
                ]
            ]
        ]
        try office.scratch.write(settings.encoded(), to: "settings.json")
    }

    private func server() async throws -> RunningServer {
        try await office.server("--config", office.scratch["settings.json"])
    }

    private func register(_ client: Client) async throws -> String {
        let digest = JSONValue.string(Digest256(ofNoFile: number).hex)
        let answer = try await client.send("POST", "/v1/registrations", .json(["digests": ["sha256": digest]]))
        return try #require(try answer.json["id"]?.stringValue, "seed \(seed): \(answer.text)")
    }

    /// Serves, registers, and kills at a random moment of what the outsiders are then asked.
    mutating func kill() async throws {
        let server = try await server()
        let client = Client(url: server.url, token: token)
        for _ in 0..<Self.registrationsPerKill {
            number += 1
            ids.append(try await register(client))
            try await Task.sleep(for: .milliseconds(Int.random(in: 0...300, using: &random)))
        }
        try await Task.sleep(for: .milliseconds(Int.random(in: Self.pauseMilliseconds, using: &random)))
        server.kill()
        counts.kills += 1
        let status = try await office.cinnabar("anchors", "status", "--config", office.scratch["settings.json"])
        let jobs = try status.json["outsiders"]?.arrayValue?.flatMap { $0["jobs"]?.arrayValue ?? [] }
        if !(jobs ?? []).isEmpty { counts.duringAnchoring += 1 }
    }

    /// Whether each registration is confirmed by each outsider, once; and what the audit says.
    mutating func judge() async throws {
        let server = try await server()
        let client = Client(url: server.url, token: token)
        counts.registrations = ids.count
        for _ in 0..<Self.waitRounds {
            guard let last = ids.last, try await !isAnchored(last, client) else { break }
            try await Task.sleep(for: .milliseconds(Self.waitMilliseconds))
        }
        for id in ids where try await !isAnchored(id, client) {
            counts.lost += 1
            Issue.record("seed \(seed): \(id) is not confirmed by all")
        }
        #expect(server.stop() == 0)
        let effects = authority.effects
        (counts.batches, counts.effects) = (effects.count, effects.reduce(0, +))
        (counts.arrivals, counts.doubled) = (authority.arrivals, effects.count { $0 > 1 })
        let audit = try await office.cinnabar("log", "audit", "--config", office.scratch["settings.json"])
        let report = try audit.json
        #expect(audit.status == 0 && report["consistent"] == true, "seed \(seed): \(report)")
    }

    private func isAnchored(_ id: String, _ client: Client) async throws -> Bool {
        let anchors = try await client.get("/v1/registrations/\(id)").json["anchors"]?.arrayValue ?? []
        return anchors.count == 2 && anchors.allSatisfy { $0["state"] == "anchored" }
    }
}
