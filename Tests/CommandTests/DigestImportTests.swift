import Bytes
import Evidence
import Testing

/// `import --digests`: many digests, a line each, into a data folder.
@Suite struct DigestImportTests {
    private func importing(_ arguments: [String], in folder: TestFolder) async throws -> (
        run: CommandRun, lines: [JSONValue], summary: JSONValue
    ) {
        let run = try await cinnabar(["import", "--digests", "--json"] + arguments, in: folder)
        let lines = try run.jsonLines
        return (run, lines.dropLast(), try #require(lines.last?["summary"], "\(run.output)\(run.errors)"))
    }

    private func line(_ number: Int, _ more: String = "") -> String {
        let digest = String(repeating: "0", count: 60) + Hex.encode([UInt8(number / 256), UInt8(number % 256)])
        return #"{"digests": {"sha256": "\#(digest)"}\#(more)}"#
    }

    @Test func takesLinesAndSaysWhichAreBad() async throws {
        let folder = try await makeNotaryFolder()
        try folder.write([line(1), "", "{", line(2), #"{"colour": 1}"#].joined(separator: "\n"), to: "shop.ndjson")
        let (run, lines, summary) = try await importing(["shop.ndjson"], in: folder)
        #expect(run.status == 1)
        #expect(summary["registered"] == 2 && summary["failed"] == 2)
        #expect(lines.map { $0["member"] } == ["shop.ndjson:1", "shop.ndjson:3", "shop.ndjson:4", "shop.ndjson:5"])
        #expect(lines[1]["error"]?["code"] == "json.malformed")
        #expect(lines[3]["error"]?["code"] == "field.unknown")
        #expect(lines[0]["registration"]?["id"]?.stringValue?.utf8.count == 64)
    }

    /// More than one batch.
    @Test func goesOnWhereItStopped() async throws {
        let folder = try await makeNotaryFolder()
        let all = (0..<6000).map { line($0) }
        try folder.write(all[..<2000].joined(separator: "\n"), to: "begun.ndjson")
        try folder.write(all.joined(separator: "\n"), to: "whole.ndjson")
        let (_, _, begun) = try await importing(["begun.ndjson"], in: folder)
        #expect(begun["registered"] == 2000)
        let (run, _, whole) = try await importing(["whole.ndjson"], in: folder)
        #expect(run.status == 0, "\(run.errors)")
        #expect(whole["registered"] == 4000 && whole["alreadyRegistered"] == 2000)
        let size = try await cinnabar(["log", "checkpoint", "--json"], in: folder).json["size"]
        #expect(size == 6000)
    }

    @Test func anotherClaimMakesRegistrationsOfItsOwnUnlessTheLineHasOne() async throws {
        let folder = try await makeNotaryFolder()
        let lines = [line(1), line(2, #", "claim": {"author": "Ana"}"#)]
        try folder.write(lines.joined(separator: "\n"), to: "shop.ndjson")
        _ = try await importing(["shop.ndjson"], in: folder)
        let (_, _, again) = try await importing(["shop.ndjson", "--author", "Li Na"], in: folder)
        #expect(again["registered"] == 1 && again["alreadyRegistered"] == 1)
    }

    @Test func refusesWhatHasNoLines() async throws {
        let folder = try await makeNotaryFolder()
        try folder.write(String(repeating: "x", count: 1 << 17), to: "photo.jpg")
        let run = try await cinnabar(["import", "--digests", "photo.jpg"], in: folder)
        #expect(run.status == 2)
        #expect(try await cinnabar(["import", "--digests", "absent.ndjson"], in: folder).status == 2)
    }
}
