import Evidence
import Programs
import Testing

/// README.txt promises that stock tools redo every check: sha256sum, openssl, xxd.
@Suite struct ReadmeCommandTests {
    static let areToolsInstalled = Executable.areInstalled("sha256sum", "openssl", "xxd", "sed", "base64")

    @Test(
        .enabled(if: areToolsInstalled, "sha256sum, openssl, xxd, sed or base64 is not installed"),
        arguments: ["books.png", "supply-contract-zh.pdf"]
    )
    func everyCommandGivesWhatIsPromised(name: String) async throws {
        let shop = try await SampleShop.shared.value
        try await Self.expectEveryCommandHolds(in: shop.evidence(of: name), file: SampleShop.path(of: name))
    }

    /// Unpacks, runs every section, and compares with what its text says.
    static func expectEveryCommandHolds(in evidence: UnpackedEvidence, file: String) async throws {
        let folder = try Scratch()
        try evidence.write(to: folder)
        let readme = try #require(evidence.members["README.txt"])
        let script = ReadmeScript(String(decoding: readme, as: UTF8.self), file: file)
        #expect(Set(script.sections.map(\.number)) == [1, 2, 3, 4, 5])
        var timestamps = 0
        for section in script.sections {
            #expect(!section.commands.isEmpty)
            let run = try await Executable.shell.run(
                ["-c", section.commands.joined(separator: "\n")],
                in: folder.path
            )
            #expect(run.status == 0, "section \(section.number): \(run.errors)")
            let lines = run.output.split(separator: "\n").map(String.init)
            switch section.number {
            case 1:
                let record = try JSONValue(parsing: evidence.members["record.json"] ?? [])
                #expect(section.promised != nil && lines.first?.hasPrefix(section.promised ?? "-") == true)
                #expect(lines.last?.hasSuffix(record["digests"]?["sm3"]?["value"]?.stringValue ?? "-") == true)
            case 2: try expectEntry(lines, in: evidence)
            case 3: #expect(lines.count > 4 && lines[0] == lines[3], "The root is the checkpoint's third line.")
            case 4: #expect(lines.contains("Signature Verified Successfully"), "\(run.output)")
            default:
                let commands = section.commands.filter { !$0.hasPrefix("#") }
                timestamps += commands.count
                let good = (run.output + run.errors).matches(of: /Verification: OK/).count
                #expect(good == commands.count, "\(run.output)\(run.errors)")
            }
        }
        #expect(timestamps == evidence.paths(endingIn: ".tsr").count)
    }

    /// SHA-256 and SM3 of record.json stand in entry.json, whose own hash is the id.
    private static func expectEntry(_ lines: [String], in evidence: UnpackedEvidence) throws {
        let entry = String(decoding: evidence.members["entry.json"] ?? [], as: UTF8.self)
        let digests = lines.joined(separator: " ").matches(of: /\b[0-9a-f]{64}\b/).map { String($0.0) }
        #expect(digests.count >= 4 && digests.prefix(2).allSatisfy { entry.contains($0) }, "\(lines)")
        let readme = String(decoding: evidence.members["README.txt"] ?? [], as: UTF8.self)
        let id = try #require(readme.firstMatch(of: /Registration +([0-9a-f]{64})/)?.1)
        #expect(digests.last == String(id))
    }
}
