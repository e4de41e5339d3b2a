import Anchoring
import Bytes
import Evidence
import OpenSSL
import Testing

/// Anchors of ledgers and calendars in an evidence file, as the verifier reports them: here OpenTimestamps proofs, whose
/// headers can be made in a moment.
@Suite struct AnchorCheckTests {
    private static let name = "anchor.bitcoin.ots@11"
    private static let height: UInt64 = 840_000

    private let sample: SealedSample
    private let folder: MemberPath.CheckpointFolder
    private let header: BitcoinHeader
    private let complete: AnchorFile
    private let pending: AnchorFile
    private let headers: AnchorFile

    init() throws {
        sample = try SealedSample()
        folder = try #require(sample.evidence.checkpointFolders.first)
        let checkpoint = try Self.outgoing(sample)
        let commitment = OpenTimestamps.commitment(to: checkpoint).bytes
        var promise = try OTSTimestamp(message: commitment)
        promise.add(.pending("https://a.example"))
        pending = AnchorFile(
            name: "bitcoin.ots",
            bytes: try OTSProof(checkpoint: checkpoint, commitment: promise).bytes()
        )
        var end = try OTSTimestamp(message: commitment)
        end.add(.bitcoin(height: Self.height))
        complete = AnchorFile(name: "bitcoin.ots", bytes: try OTSProof(checkpoint: checkpoint, commitment: end).bytes())
        header = try Self.mined(over: commitment, seconds: UInt32(SealedSample.now.seconds + 60))
        headers = AnchorFile(name: "bitcoin.ots-headers.json", bytes: BitcoinHeaders([Self.height: header]).json)
    }

    private static func outgoing(_ sample: SealedSample) throws -> OutgoingCheckpoint {
        let lines = String(decoding: sample.signedCheckpoint, as: UTF8.self).split(separator: "\n")
        let root = try #require(Base64.decode(lines[2]).flatMap { Digest256($0) })
        return OutgoingCheckpoint(origin: SealedSample.origin, size: 11, root: root, signed: sample.signedCheckpoint)
    }

    /// A header of regtest's difficulty: two attempts on average.
    private static func mined(over root: [UInt8], seconds: UInt32) throws -> BitcoinHeader {
        for nonce in UInt32(0)..<10_000 {
            var bytes: [UInt8] = [0, 0, 0, 0x20] + [UInt8](repeating: 0, count: 32) + root
            for number in [seconds, 0x207F_FFFF, nonce] {
                for shift in stride(from: 0, to: 32, by: 8) { bytes.append(UInt8(truncatingIfNeeded: number >> shift)) }
            }
            if let header = try? BitcoinHeader(bytes: bytes), header.meetsItsTarget { return header }
        }
        throw EvidenceError(.invalidField, "no nonce was found")
    }

    private var block: AnchorTrust.Block { .init(chain: "bitcoin", height: Self.height, hash: header.hash) }

    private func report(_ anchors: [AnchorFile], _ trust: TrustBundle?) throws -> VerificationReport {
        EvidenceVerifier(trust: trust).report(on: try sample.with(anchors).encoded(), file: sample.facts)
    }

    @Test func aBlockThatTheCheckerKnowsPasses() throws {
        var trust = sample.trust
        trust.blocks = [block]
        let report = try report([complete, headers], trust)
        #expect(report.isConsistent, "\(report.text(showsCommands: false))")
        #expect(report.status(of: Self.name) == .passed)
        #expect(report.status(of: "anchor.order.bitcoin.ots@11") == .passed)
        #expect(!report.checks.contains { $0.name.contains("headers") })
        // The development chain's headers are the operator's own making: nobody outside has committed.
        #expect(report.remains.contains { $0.contains("No outsider") })
        let found = try #require(report.checks.first { $0.name == Self.name }?.found)
        #expect(found.contains("run by the log's operator"))
    }

    @Test func aBlockThatNobodyNamedIsNotRunAndSaysWhatToCompare() throws {
        let report = try report([complete, headers], sample.trust)
        #expect(report.isConsistent)
        #expect(report.status(of: Self.name) == .notRun)
        #expect(report.status(of: "anchor.order.bitcoin.ots@11") == .notRun)
        let check = try #require(report.checks.first { $0.name == Self.name })
        #expect(check.found?.contains(header.hash) == true && check.remains != nil)
        #expect(report.remains.contains { $0.hasPrefix("bitcoin.ots: ") })
        #expect(check.json["remains"] != nil)
    }

    /// Anybody can make a header of such little work.
    @Test func withoutAnyTrustItIsNotRun() throws {
        let report = try report([complete, headers], nil)
        #expect(report.isConsistent && report.status(of: Self.name) == .notRun)
        #expect(report.remains.contains { $0.hasPrefix("bitcoin.ots: ") })
    }

    @Test func aPromiseIsNotPresentYet() throws {
        let report = try report([pending], sample.trust)
        #expect(report.isConsistent && report.status(of: Self.name) == .notPresent)
        #expect(report.remains.contains { $0.contains("export again") })
    }

    @Test func anotherBlockOfThatHeightFails() throws {
        var trust = sample.trust
        trust.blocks = [.init(chain: "bitcoin", height: Self.height, hash: String(repeating: "0", count: 64))]
        #expect(try report([complete, headers], trust).failedNames == [Self.name])
    }

    @Test func aRecordReceivedLongAfterItsBlockIsNotConsistent() throws {
        let seconds = UInt32(SealedSample.now.seconds - 7300)
        let early = try Self.mined(over: header.merkleRoot, seconds: seconds)
        let beside = AnchorFile(name: headers.name, bytes: BitcoinHeaders([Self.height: early]).json)
        var trust = sample.trust
        trust.blocks = [.init(chain: "bitcoin", height: Self.height, hash: early.hash)]
        #expect(try report([complete, beside], trust).failedNames == ["anchor.order.bitcoin.ots@11"])
    }

    @Test func everyChangedByteOfTheProofIsNamed() throws {
        let file = try sample.with([complete, headers])
        var trust = sample.trust
        trust.blocks = [block]
        for anchor in [complete, headers] {
            for position in anchor.bytes.indices {
                let members = file.members.map { path, bytes in
                    var altered = bytes
                    if path == .anchor(folder, name: anchor.name) { altered[position] ^= 1 }
                    return (path.path, altered)
                }
                let report = EvidenceVerifier(trust: trust).report(onMembers: members, file: sample.facts)
                let status = report.status(of: Self.name)
                #expect(status != .passed, "\(anchor.name), byte \(position)")
            }
        }
    }

    @Test func theReadmeHasTheCommandsWithTheirFolder() throws {
        let readme = String(decoding: try sample.with([complete, headers])[.readme] ?? [], as: UTF8.self)
        #expect(readme.contains("6. Ledgers and calendars"))
        #expect(readme.contains("\(folder.path)/anchors/bitcoin.ots\n") && !readme.contains("FOLDER/"))
        let without = String(decoding: sample.evidence[.readme] ?? [], as: UTF8.self)
        #expect(!without.contains("6. "))
    }

    /// A promise that is kept later takes its place; two blocks of one proof stand in one member.
    @Test func proofsAreJoinedWhateverTheirOrder() throws {
        let (early, late) = (try sample.with([pending]), try sample.with([complete, headers]))
        let merged = try early.merged(with: late)
        #expect(try late.merged(with: early) == merged)
        #expect(try merged.merged(with: early) == merged && merged.merged(with: late) == merged)
        #expect(merged.anchors(of: folder).map(\.name) == ["bitcoin.ots", headers.name, "self-operated.tsr"])
        let report = EvidenceVerifier().report(on: merged.encoded(), file: sample.facts)
        #expect(report.isConsistent && report.status(of: Self.name) == .notRun, "\(report.failedNames)")

        let other = try Self.mined(over: [UInt8](repeating: 7, count: 32), seconds: 1)
        let further = AnchorFile(name: headers.name, bytes: BitcoinHeaders([Self.height + 1: other]).json)
        let both = try late.merged(with: sample.with([further]))
        let kept = try #require(both.anchors(of: folder).first { $0.name == headers.name })
        #expect(try BitcoinHeaders(json: kept.bytes).byHeight.keys.sorted() == [Self.height, Self.height + 1])
    }
}
