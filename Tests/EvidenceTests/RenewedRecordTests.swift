import Anchoring
import Bytes
import Evidence
import OpenSSL
import Testing

/// Evidence records in evidence files only ever get longer.
@Suite struct RenewedRecordTests {
    private let sample: SealedSample
    private let renewer: SelfOperatedAuthority
    private let aging: EvidenceFile.AgingRecord

    init() throws {
        sample = try SealedSample()
        let later = SealedSample.now.seconds + 86_400
        renewer = try SelfOperatedAuthority(
            credentials: SelfOperatedAuthority.generate(origin: "renewer.example", nowSeconds: later),
            clock: { later }
        )
        aging = try #require(sample.evidence.agingRecords.first)
    }

    private func renewed(_ renewal: Renewal, _ record: UnverifiedEvidenceRecord) throws -> [UInt8] {
        let run = try RenewalRun(renewal, of: [(record, aging.data)])
        let request = TimestampRequest(imprint: run.imprint, nonce: nil)
        let timestamp = try UnverifiedTimestamp(response: renewer.response(to: request.der()))
            .verified(imprint: run.imprint, request: request, trust: .roots([renewer.root]))
        return try run.records(stampedBy: timestamp)[0]
    }

    private func file(_ renewals: Renewal...) throws -> EvidenceFile {
        var record = aging.record
        for renewal in renewals { record = try UnverifiedEvidenceRecord(renewed(renewal, record)) }
        return try sample.evidence.renewing([aging.id: record.der], trusting: [renewer.root])
    }

    private var checkName: String { "time.evidence-record.self-operated.tsr@11" }

    @Test func renewedFilesVerifyAndSayUntilWhen() throws {
        let file = try file(.timestamp, .hashTree(.sha512))
        var trust = sample.trust
        trust.timestampRoots.append(renewer.root)
        for bundle in [trust, nil] {
            let report = EvidenceVerifier(trust: bundle).report(on: file.encoded(), file: sample.facts)
            #expect(report.isConsistent, "\(report.failedNames)")
            let check = try #require(report.checks.first { $0.name == checkName })
            #expect(check.status == .passed)
            #expect(check.found?.contains("renewer.example") == true)
            let end = UTCTime(seconds: renewer.certificate.notAfter)
            #expect(check.found?.contains("holds until \(end)") == true)
        }
        // Who trusts only the first authority is told, and nothing fails: the timestamp itself still holds.
        let report = EvidenceVerifier(trust: sample.trust).report(on: file.encoded(), file: sample.facts)
        #expect(report.isConsistent)
        #expect(report.status(of: checkName) == .notRun)
        #expect(report.status(of: "time.self-operated.tsr@11") == .passed)
    }

    @Test func theLongerRecordStaysWhateverIsMergedWithWhat() throws {
        let plain = try file()
        let short = try file(.timestamp)
        let record = try #require(short.agingRecords.first?.record)
        let long = try short.renewing([aging.id: renewed(.timestamp, record)], trusting: [])
        let merged = try plain.merged(with: short).merged(with: long)
        #expect(isSame(merged, long))
        #expect(isSame(try long.merged(with: short).merged(with: plain), long))
        #expect(isSame(try merged.merged(with: merged), long))
    }

    /// The root of whoever renewed it is in one of the files only: anybody could have brought both.
    @Test func aRootThatOneFileBringsReplacesNothing() throws {
        let short = try file(.timestamp)
        let record = try #require(short.agingRecords.first?.record)
        let long = try short.renewing([aging.id: renewed(.timestamp, record)], trusting: [])
        let merged = try sample.evidence.merged(with: long)
        #expect(Set(merged.agingRecords.map(\.record.timestampCount)) == [1, 3])
        #expect(merged.agingRecords.contains { $0.record.der == aging.record.der })
        for again in [
            try long.merged(with: sample.evidence), try merged.merged(with: merged), try merged.merged(with: long),
            try merged.merged(with: sample.evidence), try sample.evidence.merged(with: short).merged(with: long),
        ] { #expect(isSame(again, merged)) }
        let report = EvidenceVerifier().report(on: merged.encoded(), file: sample.facts)
        #expect(report.isConsistent, "\(report.failedNames)")
    }

    /// Compared here, for a failed expectation would print all bytes of both.
    private func isSame(_ first: EvidenceFile, _ second: EvidenceFile) -> Bool { first.members == second.members }

    @Test func recordsRenewedApartAreBothKeptAndChecked() throws {
        let (one, other) = try (file(.timestamp, .timestamp), file(.hashTree(.sha512)))
        let merged = try one.merged(with: other)
        #expect(isSame(try other.merged(with: one), merged))
        #expect(isSame(try merged.merged(with: other), merged))
        #expect(Set(merged.agingRecords.map(\.record.timestampCount)) == [3, 2])
        let report = EvidenceVerifier().report(on: merged.encoded(), file: sample.facts)
        #expect(report.isConsistent, "\(report.failedNames)")
        #expect(report.checks.count { $0.name.hasPrefix("time.evidence-record.") } == 2)
    }

    @Test func whatDoesNotHoldReplacesNothing() throws {
        let long = try UnverifiedEvidenceRecord(renewed(.timestamp, aging.record))
        var broken = long.der
        broken[broken.count - 5] ^= 1
        #expect(throws: EvidenceError.self) {
            try sample.evidence.renewing([aging.id: broken], trusting: [renewer.root])
        }
        // Without its root nobody can say that it holds.
        #expect(throws: EvidenceError.self) { try sample.evidence.renewing([aging.id: long.der], trusting: []) }
        let damaged = try EvidenceFile.collecting(
            file(.timestamp).members.map { path, bytes in
                (path.path, path == .evidenceRecord(id: aging.id) ? broken : bytes)
            }
        ).file
        let merged = try sample.evidence.merged(with: damaged)
        #expect(merged[.evidenceRecord(id: aging.id)] == aging.record.der)
        let report = EvidenceVerifier().report(on: damaged.encoded(), file: sample.facts)
        #expect(report.failedNames == [checkName])
    }

    @Test func exportPutsTheRenewedRecordWhereThePlainOneWas() throws {
        let long = try renewed(.timestamp, aging.record)
        let plain = try sample.with([])
        #expect(plain[.evidenceRecord(id: aging.id)] == aging.record.der)
        let other = try renewed(.timestamp, UnverifiedEvidenceRecord(long))
        let again = try sample.with([], renewedRecords: [aging.record.der, other, long])
        #expect(again[.evidenceRecord(id: aging.id)] == other)
        let folder = try #require(sample.evidence.checkpointFolders.first)
        #expect(again.anchors(of: folder).map(\.bytes) == sample.evidence.anchors(of: folder).map(\.bytes))
    }
}
