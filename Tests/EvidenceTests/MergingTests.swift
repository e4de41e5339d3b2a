import Anchoring
import Bytes
import Evidence
import MerkleLog
import OpenSSL
import Testing

/// Anchors in an evidence file only ever get stronger, whatever is merged with what, and in which order.
@Suite struct MergingTests {
    private static let folder = MemberPath.CheckpointFolder(origin: SealedSample.origin, size: 11)

    private func anchors(_ file: EvidenceFile) -> [String: [UInt8]] {
        Dictionary(uniqueKeysWithValues: file.anchors(of: Self.folder).map { ($0.name, $0.bytes) })
    }

    @Test func exportingAgainAddsAndNeverReplaces() throws {
        let sample = try SealedSample()
        let later = try sample.exportedAgain()
        let merged = try sample.evidence.merged(with: later)
        #expect(merged.checkpointFolders.map(\.size) == [11, 31])
        for (path, bytes) in sample.evidence.members where path != .readme { #expect(merged[path] == bytes) }
        let report = EvidenceVerifier(trust: sample.trust).report(on: merged.encoded(), file: sample.facts)
        #expect(report.isConsistent, "\(report.text(showsCommands: false))")
        #expect(try merged.merged(with: later) == merged)
    }

    @Test func aLogThatShowsTheEntryAtTwoPlacesIsCaught() throws {
        let sample = try SealedSample()
        let merged = try sample.evidence.merged(with: sample.exportedAgain(moved: true))
        let report = EvidenceVerifier(trust: sample.trust).report(on: merged.encoded(), file: sample.facts)
        #expect(report.failedNames == ["log.place"])
    }

    @Test func differentRegistrationsAreNotMerged() throws {
        let (first, second) = (try SealedSample(), try SealedSample(index: 4))
        #expect(throws: EvidenceError.self) { try first.evidence.merged(with: second.evidence) }
    }

    @Test func twoTimestampsOfOneAuthorityAreBothKeptAndChecked() throws {
        let sample = try SealedSample()
        let second = try sample.response(over: sample.signedCheckpoint, secondsLater: 60)
        let merged = try sample.evidence.adding(timestamp: second, named: "self-operated", trusting: [])
        let name = "self-operated.\(SHA256.digest(of: second).hex.prefix(8)).tsr"
        #expect(anchors(merged)[name] == second)
        #expect(anchors(merged)["self-operated.tsr"] == anchors(sample.evidence)["self-operated.tsr"])
        let report = EvidenceVerifier(trust: sample.trust).report(on: merged.encoded(), file: sample.facts)
        #expect(report.isConsistent, "\(report.failedNames)")
        #expect(report.status(of: "time.\(name)@11") == .passed)
        #expect(report.status(of: "time.evidence-record.\(name)@11") == .passed)
        #expect(try merged.merged(with: sample.evidence) == merged)
    }

    @Test func anchorsOfUnknownKindsAreKeptByteForByte() throws {
        let sample = try SealedSample()
        let (one, other): ([UInt8], [UInt8]) = ([1, 2, 3], [4, 5])
        let merged = try sample.with([AnchorFile(name: "moon.rock", bytes: one)])
            .merged(with: sample.with([AnchorFile(name: "moon.rock", bytes: other)]))
        #expect(Set(anchors(merged).filter { $0.key.hasPrefix("moon") }.values) == [one, other])
        for (name, bytes) in anchors(merged) where name.hasPrefix("moon") && name != "moon.rock" {
            #expect(name == "moon.\(SHA256.digest(of: bytes).hex.prefix(8)).rock")
        }
    }

    /// Any files of one registration, merged in any order and any number of times, give one file that holds them all.
    @Test(arguments: 0..<20 as Range<UInt64>)
    func mergingIsCommutativeAssociativeAndIdempotent(seed: UInt64) throws {
        var generator = Seeded(seed: seed)
        let sample = try SealedSample()
        let stamps = try (0..<3).map { try sample.response(over: sample.signedCheckpoint, secondsLater: $0 * 7) }
        let names = ["moon.rock", "moon.rock.txt", "mars.rock", "plain", "self-operated.tsr", "outside.tsr"]
        let files = try (0..<3).map { _ in
            try sample.with(
                (0..<Int.random(in: 0...5, using: &generator)).map { _ in
                    let name = names.randomElement(using: &generator) ?? ""
                    let bytes = [UInt8.random(in: 0..<3, using: &generator)]
                    return AnchorFile(
                        name: name,
                        bytes: name.hasSuffix(".tsr") ? stamps[Int(bytes[0])] : bytes
                    )
                }
            )
        }
        let merged = try files[0].merged(with: files[1]).merged(with: files[2])
        #expect(try files[2].merged(with: files[1]).merged(with: files[0]) == merged, "seed \(seed)")
        #expect(try files[1].merged(with: files[2].merged(with: files[0])) == merged, "seed \(seed)")
        for file in files {
            #expect(try merged.merged(with: file) == merged, "seed \(seed)")
            #expect(try file.merged(with: file) == file, "seed \(seed)")
            #expect(Set(anchors(merged).values).isSuperset(of: anchors(file).values), "seed \(seed)")
        }
        #expect(try EvidenceFile.reading(merged.encoded()).file == merged)
    }

    @Test func whatCouldLoseAnAnchorIsRefused() throws {
        let sample = try SealedSample()
        // Three of one name, and one that is already called as the second of them would be.
        let bytes: [[UInt8]] = [[1], [2], [3]]
        let taken = bytes.map { "moon.\(SHA256.digest(of: $0).hex.prefix(8)).rock" }
        let squatters = taken.map { AnchorFile(name: $0, bytes: [9, 9]) }
        let files = try sample.with(bytes.map { AnchorFile(name: "moon.rock", bytes: $0) })
        #expect(throws: EvidenceError(.invalidField, "")) { try files.merged(with: sample.with(squatters)) }
    }

    @Test func anchorsAreLimitedInNumberAndSize() throws {
        let sample = try SealedSample()
        let many = (0..<EvidenceFile.anchorLimit).map { AnchorFile(name: "a\($0).rock", bytes: [1]) }
        #expect(throws: EvidenceError(.tooLarge, "")) { try sample.with(many) }
        let others = many.map { AnchorFile(name: "b\($0.name)", bytes: [1]) }
        let (one, other) = (try sample.with(Array(many.dropLast())), try sample.with(Array(others.dropLast())))
        #expect(throws: EvidenceError(.tooLarge, "")) { try one.merged(with: other) }
        let large = AnchorFile(name: "a.rock", bytes: [UInt8](repeating: 0, count: EvidenceFile.anchorLimitBytes + 1))
        #expect(throws: EvidenceError(.tooLarge, "")) { try sample.with([large]) }
        #expect(throws: EvidenceError(.invalidField, "")) { try sample.with([AnchorFile(name: "../a", bytes: [1])]) }
        let members = sample.evidence.members.map { ($0.key.path, $0.value) }
        let hostile = members + [(MemberPath.anchor(Self.folder, name: large.name).path, large.bytes)]
        #expect(EvidenceVerifier().report(onMembers: hostile).failedNames == ["container.layout"])
    }
}
