import Evidence
import Foundation
import Testing

/// What a person does with matches at the command line.
@Suite struct OverlayTests {
    /// A data folder with one picture, and a copy of it beside.
    private static func shop() async throws -> TestFolder {
        let folder = try await makeNotaryFolder()
        try folder.write(TestPicture(seed: 1).png, to: "teapot.png")
        try folder.write(TestPicture(seed: 1, brightness: 6).png, to: "copy.png")
        #expect(try await cinnabar(["register", "teapot.png"], in: folder).status == 0)
        return folder
    }

    private static func isPNG(_ name: String, in folder: TestFolder) throws -> Bool {
        let bytes = try Data(contentsOf: folder.url.appendingPathComponent(name))
        return bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) && bytes.count > 2000
    }

    @Test func drawsAMatchOnTheDataFolderAndFromAServer() async throws {
        let folder = try await Self.shop()
        let one = try await cinnabar(
            ["search", "copy.png", "--overlay", "why.png", "--overlay-width", "640"],
            in: folder
        )
        #expect(one.status == 0, "\(one.output)\(one.errors)")
        #expect(one.output.contains("why.png"))
        #expect(try Self.isPNG("why.png", in: folder))
        let server = try await RunningServer(in: folder)
        let many = try await cinnabar(
            ["search", "copy.png", "teapot.png", "--overlay", "drawings", "--overlay-width", "640", "--json"],
            in: folder
        )
        #expect(many.status == 0, "\(many.output)\(many.errors)")
        let searches = try #require(try many.json["searches"]?.arrayValue)
        #expect(searches.map { $0["overlays"]?.arrayValue?.count } == [1, 1])
        for name in ["copy", "teapot"] { #expect(try Self.isPNG("drawings/\(name)-match-1.png", in: folder)) }
        #expect(server.stop() == 0)
    }

    @Test func overlayArguments() async throws {
        let folder = try await Self.shop()
        for arguments in [
            ["copy.png", "teapot.png", "--overlay", "why.png"],
            ["copy.png", "--overlay", "x", "--overlay-width", "20"],
        ] {
            #expect(try await cinnabar(["search"] + arguments, in: folder).status == 2, "\(arguments)")
        }
        try folder.write(TestPicture(seed: 9).png, to: "stranger.png")
        let none = try await cinnabar(["search", "stranger.png", "--overlay", "none.png"], in: folder)
        #expect(none.status == 0 && none.output.contains("nothing was found"))
        let off = try await cinnabar(
            ["search", "copy.png", "--overlay", "off.png", "--set", "search.keepSeconds=0"],
            in: folder
        )
        #expect(
            off.status == 3 && (off.output + off.errors).contains("search.keepSeconds"),
            "\(off.output)\(off.errors)"
        )
    }

    @Test func ignoresAndSpeaksOfMatches() async throws {
        let folder = try await Self.shop()
        func search() async throws -> JSONValue {
            let found = try await cinnabar(["search", "copy.png", "--json"], in: folder)
            return try #require(try found.json["searches"]?.arrayValue?.first?["search"])
        }
        let found = try await search()
        let id = try #require(found["id"]?.stringValue)
        let feedback = try await cinnabar(["feedback", "give", id, "1", "right", "--note", "ours"], in: folder)
        #expect(feedback.status == 0, "\(feedback.errors)")
        let said = try await cinnabar(["feedback", "list", "--json"], in: folder)
        #expect(try said.json["feedback"]?.arrayValue?.first?["note"] == "ours")
        let all = try await cinnabar(["feedback", "list", "--all", "--json"], in: folder)
        #expect(try all.json["feedback"]?.arrayValue?.first?["account"] == "default")
        #expect(try await cinnabar(["feedback", "floods"], in: folder).output.contains("No fingerprint"))
        #expect(try await cinnabar(["feedback", "give", id, "7", "right"], in: folder).status == 1)

        let ignored = try await cinnabar(["ignore", "add", "--search", id, "--match", "1", "--json"], in: folder)
        let name = try #require(try ignored.json["name"]?.stringValue, "\(ignored.errors)")
        #expect(try await search()["ignored"] == 1)
        #expect(try await cinnabar(["ignore", "list"], in: folder).output.contains(name))
        #expect(try await cinnabar(["ignore", "remove", name], in: folder).status == 0)
        #expect(try await search()["matches"]?.arrayValue?.count == 1)
        #expect(try await cinnabar(["ignore", "remove", name], in: folder).status == 1)
        for arguments in [
            [], ["--search", id], ["--match", "1"], ["--search", id, "--match", "1", "--fingerprint", "a"],
        ] {
            #expect(try await cinnabar(["ignore", "add"] + arguments, in: folder).status == 2, "\(arguments)")
        }
    }
}
