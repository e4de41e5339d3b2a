import Evidence
import Programs
import Testing

/// One registration, committed to by every kind of outsider that can run here, exported, and judged by the court's
/// program: whole, and with a byte changed in each anchor.
@Suite struct AnchorEvidenceTests {
    private struct Sealed {
        let office: DataFolder
        let outsiders: RunningOutsiders
        let evidence: String
        let file: String
        let trust: String
        /// Blocks that the chain itself named, as arguments of the verifier.
        let known: [String]

        init() async throws {
            office = try await DataFolder()
            outsiders = try await RunningOutsiders(for: office)
            let configuration = ["--config", outsiders.configuration]
            file = SampleShop.path(of: "teapot.jpg")
            let registered = try await office.cinnabar(["register", file] + configuration)
            let id = try #require(registered.output.firstMatch(of: /"id": *"([0-9a-f]{64})"/)?.1, "\(registered)")
            try await Self.anchor(office, configuration)
            let exported = try await office.cinnabar(["export", String(id), "-o", "proofs"] + configuration)
            try #require(exported.status == 0, "\(exported.errors)")
            evidence = office.scratch["proofs/\(id).asice"]
            let published = try await office.cinnabar(["log", "trust"] + configuration)
            trust = try office.scratch.write(Array(published.output.utf8), to: "trust-of-all.json")
            let first = try await Executable.verifier.run([evidence, "--trust", trust])
            known = Set(first.output.matches(of: /eip155:[0-9]+:[0-9]+:[0-9a-f]{64}/).map { String($0.0) })
                .flatMap { ["--block", $0] }
        }

        /// Asks all until each has committed to the newest checkpoint.
        private static func anchor(_ office: DataFolder, _ configuration: [String]) async throws {
            for _ in 0..<120 {
                let standing = try await office.cinnabar(["anchors", "retry"] + configuration)
                let outsiders = try #require(standing.json["outsiders"]?.arrayValue, "\(standing.errors)")
                if outsiders.allSatisfy({ $0["state"] == "up to date" }) { return }
                try await Task.sleep(for: .milliseconds(500))
            }
            Issue.record("not every outsider committed within a minute")
        }

        func judgement(of path: String, _ arguments: [String]) async throws -> Judged {
            let run = try await Executable.verifier.run([path, "--file", file, "--json"] + arguments, environment: [:])
            return Judged(status: run.status, report: try run.json)
        }
    }

    private struct Judged {
        let status: Int32
        let report: JSONValue

        func names(_ status: String) -> [String] {
            (report["checks"]?.arrayValue ?? []).filter { $0["status"] == .string(status) }
                .compactMap { $0["name"]?.stringValue }
        }
    }

    /// Members, where a byte is changed in them, and the check that names it.
    private static let anchors: [(outsider: String, ending: String, after: String, offset: Int, check: String)] = [
        ("local-tsa-1", "local-tsa-1.tsr", "", 100, "time.local-tsa-1.tsr@"),
        ("local-tsa-2", "local-tsa-2.tsr", "", 100, "time.local-tsa-2.tsr@"),
        ("dev-calendar", "dev-calendar.ots", "", 70, "anchor.dev-calendar.ots@"),
        // The Merkle root: version and previous block come before it.
        ("dev-calendar", "dev-calendar.ots-headers.json", "\":\"", 72 + 5, "anchor.dev-calendar.ots@"),
        ("dev-chain", "dev-chain.evm.json", "\"header\"", 200, "anchor.dev-chain.evm.json@"),
        ("dev-chain", "dev-chain.evm.json", "\"proof\"", 60, "anchor.dev-chain.evm.json@"),
    ]

    @Test func everyKindIsCheckedOfflineAndEveryChangeIsNamed() async throws {
        let sealed = try await Sealed()
        let whole = try await sealed.judgement(of: sealed.evidence, ["--trust", sealed.trust] + sealed.known)
        #expect(whole.status == 0, "\(whole.names("failed"))")
        for name in ["local-tsa-1", "local-tsa-2"] {
            #expect(sealed.outsiders.stands(name), "\(sealed.outsiders.lines)")
            #expect(whole.names("passed").contains { $0.hasPrefix("time.\(name).tsr@") })
        }
        if sealed.outsiders.stands("dev-chain") {
            #expect(!sealed.known.isEmpty)
            #expect(whole.names("passed").contains { $0.hasPrefix("anchor.dev-chain.evm.json@") })
            let unnamed = try await sealed.judgement(of: sealed.evidence, ["--trust", sealed.trust])
            #expect(unnamed.names("not run").contains { $0.hasPrefix("anchor.dev-chain.evm.json@") })
        }
        if sealed.outsiders.stands("dev-calendar") {
            #expect(whole.names("not run").contains { $0.hasPrefix("anchor.dev-calendar.ots@") })
        }
        // All are run by us: none of them is an outsider to a stranger.
        let remains = whole.report["remains"]?.arrayValue ?? []
        #expect(remains.contains { $0.stringValue?.contains("No outsider") == true }, "\(remains)")
        try await expectChangesAreNamed(sealed)
        #expect(sealed.outsiders.stop() == 0)
    }

    private func expectChangesAreNamed(_ sealed: Sealed) async throws {
        let evidence = try UnpackedEvidence(Scratch.bytes(at: sealed.evidence))
        for (outsider, ending, after, offset, check) in Self.anchors where sealed.outsiders.stands(outsider) {
            let path = try #require(evidence.paths(endingIn: ending).last, "\(ending)")
            let bytes = try #require(evidence.members[path])
            let text = String(decoding: bytes, as: UTF8.self)
            var place = offset
            if !after.isEmpty {
                let range = try #require(text.firstRange(of: after), "\(ending) has no \(after)")
                place += text.utf8.distance(from: text.startIndex, to: range.upperBound)
            }
            var altered = evidence
            altered.members[path]?[place] ^= 1
            let folder = try Scratch()
            try altered.write(to: folder)
            let judged = try await sealed.judgement(of: folder.path, ["--trust", sealed.trust] + sealed.known)
            #expect(judged.status == 1, "\(ending), byte \(place)")
            #expect(judged.names("failed").contains { $0.hasPrefix(check) }, "\(ending): \(judged.names("failed"))")
        }
    }
}
