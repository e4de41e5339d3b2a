import Bytes
import Evidence
import MerkleLog
import OpenSSL
import Testing

@Suite struct EvidenceVerifierTests {
    @Test func anUntouchedFilePassesEveryCheck() throws {
        let sample = try SealedSample()
        let report = EvidenceVerifier(trust: sample.trust).report(on: sample.evidence.encoded(), file: sample.facts)
        #expect(report.isConsistent, "\(report.text(showsCommands: false))")
        #expect(report.checks.allSatisfy { $0.status == .passed || $0.status == .notPresent })
        #expect(report.id == Entry(record: sample.recordBytes).leafHash.hex)
        #expect(report.remains.contains { $0.contains("No outsider") })
    }

    @Test func withoutTrustTheKeysInsideAreUsedAndNamed() throws {
        let sample = try SealedSample()
        let report = EvidenceVerifier().report(on: sample.evidence.encoded(), file: sample.facts)
        #expect(report.isConsistent)
        #expect(report.checks.filter { $0.group == .trust }.map(\.status) == [.notRun, .notRun])
        #expect(report.remains.contains { $0.contains("--trust") })
    }

    @Test(arguments: [(0, 1), (0, 2), (5, 11), (255, 256), (256, 257), (299, 300)] as [(UInt64, UInt64)])
    func everyPlaceInATreeIsProved(_ index: UInt64, _ size: UInt64) throws {
        let sample = try SealedSample(index: index, size: size)
        #expect(EvidenceVerifier(trust: sample.trust).report(on: sample.evidence.encoded()).isConsistent)
    }

    @Test func anyChangedByteIsCaughtAndNamed() throws {
        let sample = try SealedSample()
        let bytes = sample.evidence.encoded()
        let verifier = EvidenceVerifier(trust: sample.trust)
        var generator = Seeded(seed: 20_261_121)
        for position in Set((0..<120).map { _ in Int.random(in: bytes.indices, using: &generator) }) {
            var altered = bytes
            altered[position] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            let report = verifier.report(on: altered, file: sample.facts)
            #expect(!report.isConsistent && !report.failedNames.isEmpty, "byte \(position) of seed 20261121")
        }
    }

    @Test func truncatedAndExtendedFilesAreRefused() throws {
        let sample = try SealedSample()
        let bytes = sample.evidence.encoded()
        for count in stride(from: 0, to: bytes.count, by: 97) {
            #expect(EvidenceVerifier().report(on: Array(bytes[..<count])).failedNames == ["container.layout"])
        }
        #expect(EvidenceVerifier().report(on: bytes + [0]).failedNames == ["container.layout"])
        #expect(EvidenceVerifier().report(on: []).failedNames == ["container.layout"])
    }

    @Test func anotherFileFailsByItsDigestsAndSize() throws {
        let sample = try SealedSample()
        let report = EvidenceVerifier().report(on: sample.evidence.encoded(), file: FileFacts(of: sample.file + [1]))
        #expect(report.failedNames == ["file.sha256", "file.sm3", "file.size"])
    }

    @Test func aWrongTrustRootFailsByName() throws {
        let sample = try SealedSample()
        let other = try SealedSample()
        let bytes = sample.evidence.encoded()
        let wrongKey = EvidenceVerifier(
            trust: TrustBundle(logKeys: other.trust.logKeys, timestampRoots: sample.trust.timestampRoots)
        ).report(on: bytes)
        #expect(wrongKey.failedNames == ["log.checkpoint@11"])
        let wrongRoot = EvidenceVerifier(
            trust: TrustBundle(logKeys: sample.trust.logKeys, timestampRoots: other.trust.timestampRoots)
        ).report(on: bytes)
        #expect(wrongRoot.failedNames == ["trust.authority"])
        #expect(wrongRoot.status(of: "time.self-operated.tsr@11") == .notRun)
    }

    @Test func whatTheCheckerDidNotChooseVouchesForNothing() throws {
        let sample = try SealedSample()
        let bytes = sample.evidence.encoded()
        let onlyKeys = EvidenceVerifier(trust: TrustBundle(logKeys: sample.trust.logKeys)).report(on: bytes)
        #expect(onlyKeys.isConsistent)
        #expect(onlyKeys.status(of: "time.self-operated.tsr@11") == .notRun)
        #expect(onlyKeys.status(of: "time.evidence-record.self-operated.tsr@11") == .notRun)
        #expect(onlyKeys.remains.contains { $0.contains("No outsider") })
        let onlyRoots = EvidenceVerifier(trust: TrustBundle(timestampRoots: sample.trust.timestampRoots)).report(
            on: bytes
        )
        #expect(onlyRoots.status(of: "log.checkpoint@11") == .notRun)
        #expect(onlyRoots.remains.contains { $0.contains("No log key was given") })
    }

    @Test func aTokenUnderARootThatWasNotChosenDoesNotSpoilTheOthers() throws {
        let sample = try SealedSample()
        let stranger = try SealedSample()
        let merged = try sample.evidence.adding(
            timestamp: stranger.response(over: sample.signedCheckpoint),
            named: "stranger",
            trusting: stranger.trust.timestampRoots
        )
        let report = EvidenceVerifier(trust: sample.trust).report(on: merged.encoded(), file: sample.facts)
        #expect(report.isConsistent, "\(report.text(showsCommands: false))")
        #expect(report.status(of: "time.stranger.tsr@11") == .notRun)
        #expect(report.status(of: "time.self-operated.tsr@11") == .passed)
    }

    @Test func aDocumentInsideMustBeTheRegisteredOneWhateverElseIsGiven() throws {
        let sample = try SealedSample()
        let members = sample.evidence.members.map { ($0.key.path, $0.value) }
        let smuggled = EvidenceVerifier(trust: sample.trust).report(
            onMembers: members + [("document.pdf", [1, 2, 3])],
            file: sample.facts
        )
        #expect(smuggled.failedNames == ["file.document"])
        let genuine = EvidenceVerifier(trust: sample.trust).report(onMembers: members + [("document.txt", sample.file)])
        #expect(genuine.isConsistent && genuine.status(of: "file.sha256") == .passed)
        let two = members + [("document.txt", sample.file), ("document.pdf", sample.file)]
        #expect(EvidenceVerifier().report(onMembers: two).failedNames == ["container.members"])
    }

    @Test func whatARecordSaysCannotForgeTheReport() throws {
        let sample = try SealedSample()
        var record = sample.record
        record.submitter.account = "x\n\nConsistent. 24 checks passed\u{1B}[8m"
        #expect(throws: EvidenceError(.invalidField, "")) { try Record(parsing: record.encoded()) }
        record = sample.record
        record.claim = try Claim([.note: "line\nConsistent. All is well.\u{202E}txt"])
        let members = sample.evidence.members.map { ($0.key.path, $0.key == .record ? record.encoded() : $0.value) }
        let text = EvidenceVerifier().report(onMembers: members).text(showsCommands: true)
        #expect(!text.split(separator: "\n").contains { $0.hasPrefix("Consistent") })
        #expect(!text.unicodeScalars.contains("\u{202E}"))
    }

    @Test func hostileCountsOfCheckpointsAndKeysAreRefusedAtOnce() throws {
        let folders = (0..<600).map {
            ("checkpoints/\(String(repeating: "0", count: 64))/\($0)/checkpoint.signed", [UInt8]())
        }
        #expect(EvidenceVerifier().report(onMembers: folders).failedNames == ["container.layout"])
        let keys = (0..<200).map { ("trust/tsa-\($0).pem", [UInt8]()) }
        #expect(EvidenceVerifier().report(onMembers: keys).failedNames == ["container.layout"])
    }

    @Test func aRecordReceivedLongAfterItsTimestampIsNotConsistent() throws {
        let sample = try SealedSample(stampedAt: UTCTime(seconds: SealedSample.now.seconds - 3000))
        #expect(EvidenceVerifier().report(on: sample.evidence.encoded()).failedNames.contains { $0.hasPrefix("time.") })
    }

    @Test func trustBundlesReadBack() throws {
        let trust = try SealedSample().trust
        let read = try TrustBundle(parsing: trust.json.encoded())
        #expect(read.logKeys == trust.logKeys && read.timestampRoots == trust.timestampRoots)
        for text in [
            "{}", #"{"cinnabar": "trust-1"}"#, #"{"cinnabar": "trust-1", "logkeys": [], "timestampRoots": []}"#,
            #"{"cinnabar": "trust-1", "logKeys": "x", "timestampRoots": []}"#,
        ] {
            #expect(throws: EvidenceError.self) { try TrustBundle(parsing: Array(text.utf8)) }
        }
        #expect(throws: EvidenceError.self) {
            try TrustBundle(parsing: Array(#"{"cinnabar": "trust-1", "logKeys": ["x"]}"#.utf8))
        }
    }
}

/// One member changed at a time, in an unpacked folder where no check sum helps: each check catches its own.
@Suite struct AlteredMemberTests {
    private static let folder = MemberPath.CheckpointFolder(origin: SealedSample.origin, size: 11)

    static let cases: [(MemberPath, String)] = [
        (.record, "record.sha256"), (.entry, "log.inclusion@11"), (.readme, "container.readme"),
        (.mimetype, "container.mimetype"), (.signedCheckpoint(folder), "log.checkpoint@11"),
        (.checkpoint(folder), "log.cosignatures@11"), (.inclusionProof(folder), "log.inclusion@11"),
        (.anchor(folder, name: "self-operated.tsr"), "time.self-operated.tsr@11"),
    ]

    @Test(arguments: cases) func theRightCheckCatchesIt(_ path: MemberPath, _ check: String) throws {
        let sample = try SealedSample()
        let members = sample.evidence.members
        let bytes = try #require(members[path])
        for position in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 24)) {
            var altered = bytes
            altered[position] ^= 1
            let report = EvidenceVerifier(trust: sample.trust).report(
                onMembers: members.map { ($0.key.path, $0.key == path ? altered : $0.value) },
                file: sample.facts
            )
            #expect(report.failedNames.contains(check), "\(path.path) byte \(position): \(report.failedNames)")
        }
    }

    @Test func everyMemberIsMissedWhenItIsGone() throws {
        let sample = try SealedSample()
        for path in sample.evidence.members.keys {
            let members = sample.evidence.members.filter { $0.key != path }.map { ($0.key.path, $0.value) }
            let report = EvidenceVerifier(trust: sample.trust).report(onMembers: members)
            #expect(!report.isConsistent, "\(path.path) was removed and nothing failed")
        }
    }

    @Test(arguments: [
        "extra.txt", "trust/../record.json", "checkpoints/x/1/checkpoint", "META-INF/manifest.xml", "record.json/x",
        "/etc/passwd", "trust/.hidden", "document.exe/x", "",
    ]) func anAddedMemberIsNamed(_ path: String) throws {
        let sample = try SealedSample()
        let members = sample.evidence.members.map { ($0.key.path, $0.value) } + [(path, [1, 2, 3])]
        #expect(EvidenceVerifier().report(onMembers: members).failedNames == ["container.members"])
    }

    @Test func anUnknownAnchorIsKeptAndReportedAsUnknown() throws {
        let sample = try SealedSample()
        let anchor = MemberPath.anchor(Self.folder, name: "moon.rock")
        let members = sample.evidence.members.map { ($0.key.path, $0.value) } + [(anchor.path, [1, 2, 3])]
        let report = EvidenceVerifier(trust: sample.trust).report(onMembers: members, file: sample.facts)
        #expect(report.status(of: "anchor.moon.rock@11") == .notRun)
        #expect(report.isConsistent, "\(report.failedNames)")
        // Whoever knows the kind wrote commands for it: this version can only say that it cannot.
        #expect(report.status(of: "container.readme") == .notRun)
        let withoutReadme = EvidenceVerifier().report(onMembers: members.filter { $0.0 != "README.txt" })
        #expect(withoutReadme.failedNames == ["container.members", "container.readme"])
    }
}

/// SplitMix64: the same numbers on every machine for one seed.
struct Seeded: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
