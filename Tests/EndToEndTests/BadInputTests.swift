import Evidence
import Programs
import Testing

/// What is refused over HTTP and at the command line: with which code, and that nothing is half registered.
@Suite struct BadInputTests {
    /// One request, and how it must be refused.
    private struct Case {
        let name: String
        var path = "/v1/registrations"
        var method = "POST"
        let body: Client.Body
        let status: Int
        let code: String
    }

    private static let uploadLimitBytes = 8 << 20
    private static let zeros = String(repeating: "0", count: 64)

    @Test func theServerRefusesAndRegistersNothing() async throws {
        let office = try await DataFolder()
        let token = try await office.token()
        let outside = try await ConnectionCounter()
        let server = try await office.server("--set", "limits.uploadBytes=\(Self.uploadLimitBytes)")
        let client = Client(url: server.url, token: token)
        let valid = Client.Body.json(["digests": ["sha256": .string(Self.zeros)]])
        #expect(try await client.send("POST", "/v1/registrations", valid).status == 201)
        let before = try await client.get("/log/checkpoint").bytes

        for refused in try Self.files(outside.url) + Self.documents {
            try await expect(refused, client, checkpoint: before)
        }
        for token in [nil, "", "cin_wrong", token + "0", String(token.dropLast())] {
            let answer = try await Client(url: server.url, token: token).send("POST", "/v1/registrations", valid)
            #expect(answer.status == 401 && answer.code == (token == nil ? "token.missing" : "token.invalid"))
        }
        try await expectEndlessBodyIsRefused(client)
        try await expectContractsAreKeptAsTheyAre(client, outside)
        try await expectUntouched(outside)
        #expect(server.stop() == 0)
        let audit = try await office.audit()
        #expect(audit.status == 0 && audit.report["entries"] == 3, "\(audit.report)")
    }

    @Test func theServerJudgesAlteredEvidence() async throws {
        let shop = try await SampleShop.shared.value
        let office = try await DataFolder(copying: shop.office)
        let stranger = try await DataFolder()
        let server = try await office.server()
        let strangers = try await stranger.server()
        let whole = try shop.evidence(of: "wine.jpg")
        let photo = try Scratch.bytes(at: SampleShop.path(of: "wine.jpg"))

        func judge(_ evidence: [UInt8], at url: String, _ file: [UInt8]? = nil) async throws -> JSONValue {
            var form = Form()
            form.add("evidence", evidence, fileName: "e.asice")
            if let file { form.add("file", file, fileName: "photo.jpg") }
            let answer = try await Client(url: url).send("POST", "/v1/verifications", .form(form))
            #expect(answer.status == 200, "\(answer.text)")
            return try answer.json["verdict"] ?? .null
        }
        #expect(try await judge(whole.repacked, at: server.url, photo) == "consistent")
        #expect(try await judge(whole.repacked, at: server.url, photo + [0]) == "not consistent")
        #expect(try await judge(whole.repacked, at: strangers.url, photo) == "not consistent", "wrong trust root")
        #expect(try await judge(Array("no ZIP".utf8), at: server.url) == "not consistent")
        var altered = whole
        altered.members["record.json"]?[20] ^= 1
        #expect(try await judge(altered.repacked, at: server.url) == "not consistent")
        altered = whole
        altered.members["entry.json"] = nil
        #expect(try await judge(altered.repacked, at: server.url) == "not consistent")
        #expect(server.stop() == 0 && strangers.stop() == 0)
    }

    @Test func theCommandLineRefusesAndRegistersNothing() async throws {
        let office = try await DataFolder()
        let outside = try await ConnectionCounter()
        let cases: [(name: String, bytes: [UInt8], code: String)] = [
            ("empty.txt", [], "file.empty"), ("photo.jpg", Array("A text.".utf8), "picture.notAPicture"),
            ("cut.jpg", try BadFiles.truncatedJPEG(), "picture.malformed"),
            ("huge.png", BadFiles.hugePNG, "picture.tooLarge"),
            ("drawing.svg", BadFiles.svg(referringTo: outside.url), "picture.notAPicture"),
        ]
        for (name, bytes, code) in cases {
            let path = try office.scratch.write(bytes, to: "bad/\(name)")
            let type = name.hasSuffix(".svg") ? ["--media-type", "image/svg+xml"] : []
            for command in ["register", "search"] where command == "register" || code != "file.empty" {
                let run = try await office.cinnabar([command, path] + type)
                #expect(run.status == 1, "\(command) \(name)")
                #expect(try run.json["error"]?["code"]?.stringValue == code, "\(command) \(name): \(run.output)")
            }
        }
        let bomb = try office.scratch.write(BadFiles.zipBomb, to: "bomb.zip")
        let run = try await office.cinnabar("import", bomb)
        #expect(run.status == 1, "\(run.output)\(run.errors)")
        #expect(try run.jsonLines.last?["summary"]?["registered"] == 0, "\(run.output)")
        #expect(try run.jsonLines.first?["error"]?["code"]?.stringValue == "archive.memberTooLarge", "\(run.output)")
        for command in ["export", "log proof"].map({ $0.split(separator: " ").map(String.init) }) {
            let unknown = try await office.cinnabar(
                command + [Self.zeros] + (command == ["export"] ? ["-o", "x"] : [])
            )
            #expect(unknown.status == 1, "\(command): \(unknown.output)")
        }
        try await expectUntouched(outside)
        let audit = try await office.audit()
        #expect(audit.status == 0 && audit.report["entries"] == 0, "\(audit.report)")
    }

    /// Expects that nobody followed a reference, and that the counter would have noticed.
    private func expectUntouched(_ outside: ConnectionCounter) async throws {
        #expect(outside.connections == 0, "A reference in a file was followed.")
        _ = try? await Client(url: outside.url).get("/")
        #expect(outside.connections > 0)
    }

    private static func files(_ outside: String) throws -> [Case] {
        let svg = BadFiles.svg(referringTo: outside)
        let files: [(String, [UInt8], String?, String)] = [
            ("text named .jpg", Array("A text.".utf8), "image/jpeg", "picture.notAPicture"),
            ("truncated JPEG", try BadFiles.truncatedJPEG(), "image/jpeg", "picture.malformed"),
            ("50,000 × 50,000 PNG", BadFiles.hugePNG, "image/png", "picture.tooLarge"),
            ("SVG", svg, "image/svg+xml", "picture.notAPicture"),
            ("SVG called JPEG", svg, "image/jpeg", "picture.notAPicture"),
        ]
        return files.flatMap { name, bytes, type, code in
            ["/v1/registrations", "/v1/searches"].map {
                Case(name: name, path: $0, body: .form(Form(file: bytes, mediaType: type)), status: 422, code: code)
            }
        } + [Case(name: "empty file", body: .form(Form(file: [])), status: 422, code: "file.empty")]
    }

    private static let documents: [Case] = [
        Case(
            name: "no JSON",
            body: .bytes(Array("{".utf8), mediaType: "application/json"),
            status: 400,
            code: "json.malformed"
        ),
        Case(
            name: "repeated key",
            body: .bytes(Array(#"{"digests": {}, "digests": {}}"#.utf8), mediaType: "application/json"),
            status: 400,
            code: "json.malformed"
        ),
        Case(
            name: "deep JSON",
            body: .bytes([UInt8](repeating: UInt8(ascii: "["), count: 100_000), mediaType: "application/json"),
            status: 400,
            code: "json.malformed"
        ),
        Case(name: "no digest", body: .json(["digests": [:]]), status: 422, code: "field.missing"),
        Case(name: "short digest", body: .json(["digests": ["sha256": "00"]]), status: 422, code: "field.invalid"),
        Case(
            name: "unknown parent",
            body: .json(["digests": ["sha256": .string(zeros)], "parents": [.string(zeros)]]),
            status: 422,
            code: "parent.unknown"
        ),
        Case(
            name: "unknown id",
            path: "/v1/registrations/\(zeros)",
            method: "GET",
            body: .none,
            status: 404,
            code: "registration.unknown"
        ),
        Case(
            name: "evidence of an unknown id",
            path: "/v1/registrations/\(zeros)/evidence",
            method: "GET",
            body: .none,
            status: 404,
            code: "registration.unknown"
        ),
    ]

    private func expect(_ refused: Case, _ client: Client, checkpoint: [UInt8]) async throws {
        let answer = try await client.send(refused.method, refused.path, refused.body, key: "key")
        #expect(answer.status == refused.status, "\(refused.name) at \(refused.path): \(answer.text)")
        #expect(answer.code == refused.code, "\(refused.name) at \(refused.path): \(answer.text)")
        #expect(try await client.get("/log/checkpoint").bytes == checkpoint, "\(refused.name) was half registered.")
    }

    /// Two gigabytes without an announced length: refused at the limit, long before they are all sent.
    private func expectEndlessBodyIsRefused(_ client: Client) async throws {
        let answer = try await client.send("POST", "/v1/registrations", .endlessForm(byteCount: 2 << 30))
        #expect(answer.status == 413 && answer.code == "file.tooLarge", "\(answer.status) \(answer.text)")
        #expect(try await client.get("/healthz").status == 200)
    }

    /// Contracts are digested and never opened, so a PDF's references are bytes like others; so is an SVG that is not
    /// called a picture.
    private func expectContractsAreKeptAsTheyAre(_ client: Client, _ outside: ConnectionCounter) async throws {
        let files = [
            (BadFiles.pdf(referringTo: outside.url), "application/pdf"),
            (BadFiles.svg(referringTo: outside.url), "text/xml"),
        ]
        for (bytes, mediaType) in files {
            let form = Client.Body.form(Form(file: bytes, mediaType: mediaType))
            let answer = try await client.send("POST", "/v1/registrations", form)
            #expect(answer.status == 201, "\(answer.text)")
            let id = try #require(try answer.json["id"]?.stringValue)
            #expect(try await client.get("/v1/registrations/\(id)/evidence").status == 200)
            #expect(try await client.send("POST", "/v1/searches", form).status == 200)
        }
    }
}
