import Evidence
import Foundation
import Testing

@Suite struct ConfigurationTests {
    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    private static let sample = root.appendingPathComponent("Config/cinnabar.json").path

    private func value(_ key: String, _ arguments: [String], _ environment: [String: String] = [:]) async throws
        -> String?
    {
        let run = try await cinnabar(["config", "--json"] + arguments, in: TestFolder(), environment: environment)
        try #require(run.status == 0, "\(run.errors)")
        return try run.json["keys"]?.arrayValue?.first { $0["key"]?.stringValue == key }?["value"]?.stringValue
    }

    @Test func flagsWinOverEnvironmentOverFile() async throws {
        let folder = try TestFolder()
        try folder.write(#"{"server": {"port": 3}}"#, to: "c.json")
        let file = ["--config", folder.path("c.json")]
        #expect(try await value("server.port", []) == "8080")
        #expect(try await value("server.port", file) == "3")
        #expect(try await value("server.port", file, ["CINNABAR_SERVER_PORT": "2"]) == "2")
        #expect(
            try await value("server.port", file + ["--set", "server.port=1"], ["CINNABAR_SERVER_PORT": "2"]) == "1"
        )
        #expect(try await value("data", ["--data", "x"], ["CINNABAR_DATA": "y"]) == "x")
        #expect(try await value("data", [], ["CINNABAR_DATA": "y"]) == "y")
        #expect(
            try await value(
                "timestamps.selfOperatedIntervalSeconds",
                [],
                ["CINNABAR_TIMESTAMPS_SELF_OPERATED_INTERVAL_SECONDS": "7"]
            ) == "7"
        )
    }

    @Test(arguments: [
        (#"{"server": {"prot": 80}}"#, "server.prot"), (#"{"colour": "red"}"#, "colour"), (#"{"server": 1}"#, "server"),
        (#"{"timestamps": {"authorities": {"a": {"url": "http://a", "roots": "r", "x": 1}}}}"#, "authorities.a.x"),
        (#"{"timestamps": {"authorities": {"a": {"url": "gopher://a", "roots": "r"}}}}"#, "authorities.a.url"),
        (#"{"timestamps": {"authorities": {"a": {"url": "http://a"}}}}"#, "authorities.a.roots"),
        (#"{"timestamps": {"authorities": []}}"#, "timestamps.authorities"),
        (#"{"anchors": {"calendars": {"a": {"urls": []}}}}"#, "anchors.calendars.a.urls"),
        (#"{"anchors": {"calendars": {"a": {"urls": ["ftp://a"]}}}}"#, "anchors.calendars.a.urls"),
        (#"{"anchors": {"calendars": {"a": {"urls": ["http://a"], "minimum": 2}}}}"#, "calendars.a.minimum"),
        (#"{"anchors": {"calendars": {"a": {"urls": ["http://a"], "headersAPI": "node"}}}}"#, "calendars.a.headersAPI"),
        (#"{"anchors": {"calendars": {"a": {"urls": ["http://a"], "url": "http://a"}}}}"#, "calendars.a.url"),
        (#"{"anchors": {"fabric": {"a": {"channel": "c"}}}}"#, "anchors.fabric.a.url is"),
        (#"{"anchors": {"fabric": {"a": {"url": "https://a:1", "channel": 1}}}}"#, "anchors.fabric.a.channel"),
        (#"{"anchors": {"fabric": {"a": {"mspid": "Org1MSP"}}}}"#, "anchors.fabric.a.mspid"),
        (#"{"server": {"port": "80"}}"#, "server.port"), (#"{"server": {"port": 70000}}"#, "server.port"),
        (#"{"server": {"port": 1.5}}"#, "server.port"), (#"{"originals": {"keepByDefault": 1}}"#, "keepByDefault"),
        (#"{"log": {"level": "loud"}}"#, "log.level"), (#"{"data": ""}"#, "data"),
        (#"{"data": "a", "data": "b"}"#, "data"), (#"[]"#, "object"), (#"{"data": "#, "byte"),
    ])
    func refusesAFileThatItDoesNotUnderstandWhole(_ text: String, _ named: String) async throws {
        let folder = try TestFolder()
        try folder.write(text, to: "c.json")
        let run = try await cinnabar(["config", "--config", "c.json"], in: folder)
        #expect(run.status == 2)
        #expect(run.errors.contains(named), "\(run.errors)")
    }

    @Test(arguments: ["abc", "-1", "65536", "80 "])
    func refusesAnEnvironmentVariableOfTheWrongKind(_ text: String) async throws {
        let run = try await cinnabar(["config"], in: TestFolder(), environment: ["CINNABAR_SERVER_PORT": text])
        #expect(run.status == 2)
        #expect(run.errors.contains("CINNABAR_SERVER_PORT"))
    }

    @Test func readsAuthorities() async throws {
        let folder = try TestFolder()
        try folder.write(
            #"{"timestamps": {"authorities": {"tsa-1": {"url": "http://tsa.example.com", "roots": "r.pem"}}}}"#,
            to: "c.json"
        )
        let run = try await cinnabar(["config", "--json", "--config", "c.json"], in: folder)
        let authority = try run.json["authorities"]?["tsa-1"]
        #expect(
            authority == [
                "url": "http://tsa.example.com", "intervalSeconds": 60, "roots": "r.pem", "deadlineSeconds": 3600,
                "selfOperated": false, "imprint": "sha256", "nonce": true, "clockSkewSeconds": 300,
            ]
        )
    }

    @Test(arguments: [
        (#""imprint": "md5""#, "imprint"), (#""policy": "mine""#, "policy"), (#""nonce": 1"#, "nonce"),
        (#""accuracySeconds": 0"#, "accuracySeconds"), (#""clockSkewSeconds": "x""#, "clockSkewSeconds"),
    ])
    func refusesDemandsThatNoAuthorityMeets(_ member: String, _ named: String) async throws {
        let folder = try TestFolder()
        let text =
            #"{"timestamps": {"authorities": {"tsa-1": {"url": "http://tsa.example.com", "roots": "r.pem", "#
            + member + "}}}}"
        try folder.write(text, to: "c.json")
        let run = try await cinnabar(["config", "--config", "c.json"], in: folder)
        #expect(run.status == 2)
        #expect(run.errors.contains("timestamps.authorities.tsa-1.\(named)"), "\(run.errors)")
    }

    @Test func readsCalendars() async throws {
        let folder = try TestFolder()
        let text = #"{"anchors": {"calendars": {"bitcoin": {"urls": ["https://a", "https://b"], "minimum": 2}}}}"#
        try folder.write(text, to: "c.json")
        let run = try await cinnabar(["config", "--json", "--config", "c.json"], in: folder)
        let calendar = try #require(try run.json["outsiders"]?["bitcoin"])
        #expect(calendar["kind"] == "opentimestamps")
        #expect(calendar["intervalSeconds"] == 600)
        #expect(calendar["deadlineSeconds"] == 86_400)
        #expect(calendar["selfOperated"] == false)
    }

    /// The documents, the sample and the code name the same keys, environment variables and standards.
    @Test func documentsMatchTheCode() async throws {
        let run = try await cinnabar(["config", "--json", "--config", Self.sample], in: TestFolder())
        try #require(run.status == 0, "\(run.errors)")
        let keys = try #require(try run.json["keys"]?.arrayValue)
        let document = try String(contentsOf: Self.root.appendingPathComponent("Config/README.md"), encoding: .utf8)
        let rows = document.split(separator: "\n").filter { $0.hasPrefix("| `") }.map { row in
            row.split(separator: "|").map { $0.trimmingCharacters(in: [" ", "`"]) }
        }
        for key in keys {
            let name = try #require(key["key"]?.stringValue)
            let row = try #require(rows.first { $0[0] == name }, "Config/README.md does not explain \(name)")
            #expect(row[1] == key["environment"]?.stringValue)
            if let standard = key["standard"]?.stringValue { #expect(row[2] == standard) }
        }
        let section = document.components(separatedBy: "\n## ").first { $0.hasPrefix("Keys") } ?? ""
        let documented = Set(
            section.split(separator: "\n").compactMap { $0.hasPrefix("| `") ? $0.split(separator: "`")[1] : nil }
        )
        let known = Set(keys.compactMap { $0["key"]?.stringValue }.map { Substring($0) })
        #expect(documented == known.union(["timestamps.authorities", "anchors.calendars", "anchors.fabric"]))
    }
}
