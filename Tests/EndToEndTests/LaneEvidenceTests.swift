import Evidence
import Programs
import Testing

/// Several lanes under a top log, seen from outside: the court's program and stock tools.
@Suite struct LaneEvidenceTests {
    @Test(.enabled(if: ReadmeCommandTests.areToolsInstalled, "sha256sum, openssl, xxd, sed or base64 is not installed"))
    func evidenceOfALaneVerifiesOfflineAndByItsReadme() async throws {
        let office = try await DataFolder(laneCount: 2)
        let paths = SampleShop.contracts.map(SampleShop.path)
        let registered = try await office.cinnabar(["register"] + paths)
        try #require(registered.status == 0, "\(registered.output)\(registered.errors)")
        let items = try registered.json["registrations"]?.arrayValue ?? []
        let registrations = items.compactMap { $0["registration"] }
        #expect(Set(registrations.compactMap { $0["lane"]?.integerValue }) == [0, 1])
        for (path, registration) in zip(paths, registrations) {
            let id = try #require(registration["id"]?.stringValue)
            let exported = try await office.cinnabar("export", id, "-o", office.scratch["proofs"])
            try #require(exported.status == 0, "\(exported.errors)")
            let evidence = office.scratch["proofs/\(id).asice"]
            let judgement = try await Judgement(of: evidence, file: path, trust: office.trustPath)
            #expect(judgement.status == 0 && judgement.failed.isEmpty, "\(judgement.failed)")
            let unpacked = try UnpackedEvidence(Scratch.bytes(at: evidence))
            #expect(unpacked.paths(endingIn: "/lane.tlog-proof").count == 1)
            #expect(unpacked.paths(endingIn: "/entry.tlog-proof").count == 1)
            try await ReadmeCommandTests.expectEveryCommandHolds(in: unpacked, file: path)
        }
        #expect(try await office.audit().status == 0)
    }
}
