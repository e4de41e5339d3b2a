import Evidence
import Programs
import Testing

/// The court's program on real evidence.
@Suite struct VerifyingTests {
    @Test func everySampleVerifiesWithItsFile() async throws {
        let shop = try await SampleShop.shared.value
        for name in shop.registrations.keys.sorted() {
            let judgement = try await Judgement(
                of: shop.evidencePath(of: name),
                file: SampleShop.path(of: name),
                trust: shop.office.trustPath
            )
            #expect(judgement.status == 0 && judgement.failed.isEmpty, "\(name): \(judgement.failed)")
            #expect(judgement.report["id"]?.stringValue == (try shop.id(of: name)))
            #expect(Set(["file.sha256", "file.sm3", "file.size"]).isSubset(of: judgement.passed), "\(name)")
        }
    }

    @Test func itLinksNeitherTheDatabaseNorTheImageLibrary() async throws {
        let linked = try await Executable(path: "/usr/bin/ldd").run([Executable.verifier.path])
        try #require(linked.status == 0, "\(linked.errors)")
        #expect(linked.output.contains("libcrypto"))
        for library in ["rocksdb", "vips", "jpeg", "archive", "libssl", "glib"] {
            #expect(!linked.output.contains(library), "\(library) is linked")
        }
    }

    @Test func anotherTrustIsRefusedByName() async throws {
        let shop = try await SampleShop.shared.value
        let stranger = try await DataFolder()
        let judgement = try await Judgement(of: shop.evidencePath(of: "lamp.jpg"), trust: stranger.trustPath)
        #expect(judgement.status == 1)
        #expect(judgement.failed.contains { $0.hasPrefix("log.checkpoint@") })
        #expect(judgement.failed.contains("trust.authority"))
        #expect(judgement.failed.contains { $0.hasPrefix("log.checkpoint@") })
    }

    @Test(arguments: [[], ["/nonexistent.asice"], ["x.asice", "--file", "a", "--sha256", "b"], ["--colour"]])
    func wrongUsageIsNoVerdict(arguments: [String]) async throws {
        let run = try await Executable.verifier.run(arguments, environment: [:])
        #expect(run.status == (arguments.first == "/nonexistent.asice" ? 3 : 2))
        #expect(run.output.isEmpty && !run.errors.isEmpty)
    }

    @Test func cinnabarVerifyIsTheSameProgram() async throws {
        let shop = try await SampleShop.shared.value
        let path = try shop.evidencePath(of: "cup.jpg")
        let file = SampleShop.path(of: "cup.jpg")
        let run = try await Executable.cinnabar.run(["verify", path, "--file", file, "--json"])
        #expect(run.status == 0)
        #expect(try run.json == (try await Judgement(of: path, file: file)).report)
        let wrong = try await Executable.cinnabar.run(["verify", path, "--file", SampleShop.path(of: "vase.jpg")])
        #expect(wrong.status == 1)
    }

    @Test func theOriginalTravelsWithTheEvidenceWhenAskedFor() async throws {
        let shop = try await SampleShop.shared.value
        let office = try await DataFolder(copying: shop.office)
        let id = try shop.id(of: "perfume.webp")
        let exported = try await office.cinnabar("export", id, "--original", "-o", office.scratch["whole"])
        try #require(exported.status == 0, "\(exported.errors)")
        let path = office.scratch["whole/\(id).asice"]
        let whole = try UnpackedEvidence(Scratch.bytes(at: path))
        #expect(whole.members["document.webp"] == (try Scratch.bytes(at: SampleShop.path(of: "perfume.webp"))))
        #expect(try await Judgement(of: path, trust: office.trustPath).status == 0)
    }
}
