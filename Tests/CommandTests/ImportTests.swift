import Evidence
import Testing

@Suite struct ImportTests {
    private func importing(_ paths: [String], in folder: TestFolder) async throws -> (
        run: CommandRun, summary: JSONValue
    ) {
        let run = try await cinnabar(["import", "--json"] + paths, in: folder)
        let summary = try #require(try run.jsonLines.last?["summary"], "\(run.output)\(run.errors)")
        return (run, summary)
    }

    private func logSize(of folder: TestFolder) async throws -> Int64? {
        try await cinnabar(["log", "checkpoint", "--json"], in: folder).json["size"]?.integerValue
    }

    @Test func takesAFolderWithOneBadMember() async throws {
        let folder = try await makeNotaryFolder()
        try folder.write(TestPicture(seed: 1).png, to: "shop/red/teapot.png")
        try folder.write("A contract.", to: "shop/contract.txt")
        try folder.write("", to: "shop/empty.txt")
        let (run, summary) = try await importing(["shop"], in: folder)
        #expect(run.status == 1)
        #expect(summary["registered"] == 2)
        #expect(summary["failed"] == 1)
        let failed = try run.jsonLines.filter { $0["error"] != nil }
        #expect(failed.count == 1)
        #expect(failed.first?["member"]?.stringValue?.hasSuffix("empty.txt") == true)
        #expect(failed.first?["error"]?["code"] == "file.empty")
        #expect(try await logSize(of: folder) == 2)
    }

    @Test func takesAZip() async throws {
        let folder = try await makeNotaryFolder()
        let members =
            (1...3).map { ("photos/\($0).png", TestPicture(seed: $0).png) } + [("terms.txt", Array("Terms.".utf8))]
        try folder.write(zip(members.map { (name: $0.0, bytes: $0.1) }), to: "shop.zip")
        let (run, summary) = try await importing(["shop.zip"], in: folder)
        #expect(run.status == 0, "\(run.output)\(run.errors)")
        #expect(summary["registered"] == 4)
        #expect(try await logSize(of: folder) == 4)
    }

    @Test func registersNothingTwice() async throws {
        let folder = try await makeNotaryFolder()
        try folder.write(TestPicture(seed: 1).png, to: "shop/teapot.png")
        try folder.write("A contract.", to: "shop/contract.txt")
        _ = try await importing(["shop"], in: folder)
        let (run, summary) = try await importing(["shop"], in: folder)
        #expect(run.status == 0)
        #expect(summary["registered"] == 0)
        #expect(summary["alreadyRegistered"] == 2)
        #expect(try await logSize(of: folder) == 2)

        try folder.write("A new one.", to: "shop/new.txt")
        let (_, more) = try await importing(["shop"], in: folder)
        #expect(more["registered"] == 1)
        #expect(try await logSize(of: folder) == 3)
    }

    @Test func anotherClaimOrRootMakesRegistrationsOfItsOwn() async throws {
        let folder = try await makeNotaryFolder()
        for root in ["spring", "autumn"] { try folder.write("The same.", to: "\(root)/contract.txt") }
        let (run, first) = try await importing(["spring", "autumn", "--author", "Li Na"], in: folder)
        #expect(run.status == 0, "\(run.output)")
        #expect(first["registered"] == 2)
        let (other, second) = try await importing(["spring", "--author", "Ana"], in: folder)
        #expect(other.status == 0, "\(other.output)")
        #expect(second["registered"] == 1)
        let (_, again) = try await importing(["./spring/", "autumn/", "--author", "Li Na"], in: folder)
        #expect(again["registered"] == 0)
        #expect(again["alreadyRegistered"] == 2)
        #expect(try await logSize(of: folder) == 3)
    }

    @Test func listsAnArchiveThatIsNone() async throws {
        let folder = try await makeNotaryFolder()
        try folder.write("PK\u{3}\u{4} no archive", to: "bad.zip")
        try folder.write("A contract.", to: "shop/contract.txt")
        let (run, summary) = try await importing(["bad.zip", "shop"], in: folder)
        #expect(run.status == 1)
        #expect(summary["registered"] == 1)
        #expect(summary["failed"] == 1)
    }

    @Test func saysInWordsWhatFailed() async throws {
        let folder = try await makeNotaryFolder()
        try folder.write("", to: "shop/empty.txt")
        try folder.write("A contract.", to: "shop/contract.txt")
        let run = try await cinnabar(["import", "shop"], in: folder)
        #expect(run.status == 1)
        #expect(run.output.contains("empty.txt"))
    }
}
