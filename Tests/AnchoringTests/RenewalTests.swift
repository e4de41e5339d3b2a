import Anchoring
import Foundation
import OpenSSL
import Synchronization
import Testing

struct RenewalTests {
    /// An authority whose clock is set by the test.
    private struct Stamper {
        let authority: SelfOperatedAuthority
        private let now: Clock

        private final class Clock: Sendable {
            let seconds = Mutex<Int64>(0)
        }

        init(madeAtSeconds made: Int64) throws {
            let clock = Clock()
            now = clock
            authority = try SelfOperatedAuthority(
                credentials: SelfOperatedAuthority.generate(origin: "authority.example", nowSeconds: made),
                clock: { clock.seconds.withLock { $0 } }
            )
        }

        func stamp(_ imprint: TimestampImprint, atSeconds seconds: Int64) throws -> VerifiedTimestamp {
            now.seconds.withLock { $0 = seconds }
            let request = TimestampRequest(imprint: imprint, nonce: [1, 2, 3])
            return try UnverifiedTimestamp(response: authority.response(to: request.der()))
                .verified(imprint: imprint, request: request, trust: .roots([authority.root]))
        }

        func record(over data: [UInt8], atSeconds seconds: Int64) throws -> UnverifiedEvidenceRecord {
            let timestamp = try stamp(TimestampImprint(of: data), atSeconds: seconds)
            return try UnverifiedEvidenceRecord(
                EvidenceRecord.encode(timestamp: UnverifiedTimestamp(response: timestamp.der))
            )
        }
    }

    private static let start: Int64 = 1_300_000_000
    private static let year: Int64 = 31_557_600
    private let objects = (0..<5).map { Array("object \($0)".utf8) }

    private func run(
        _ renewal: Renewal,
        _ records: [UnverifiedEvidenceRecord],
        by stamper: Stamper,
        atSeconds seconds: Int64
    ) throws -> [UnverifiedEvidenceRecord] {
        let run = try RenewalRun(renewal, of: Array(zip(records, objects).map { ($0, $1) }))
        return try run.records(stampedBy: stamper.stamp(run.imprint, atSeconds: seconds))
            .map { try UnverifiedEvidenceRecord($0) }
    }

    @Test(arguments: [1, 2, 3, 5])
    func oneTokenRenewsManyRecordsAgainAndAgain(count: Int) throws {
        let (first, second) = try (
            Stamper(madeAtSeconds: Self.start), Stamper(madeAtSeconds: Self.start + 9 * Self.year)
        )
        let trust = TimestampTrust.roots([first.authority.root, second.authority.root])
        let plain = try objects.prefix(count).map { try first.record(over: $0, atSeconds: Self.start) }
        let renewed = try run(.timestamp, plain, by: second, atSeconds: Self.start + 9 * Self.year)
        let hashed = try run(.hashTree(.sha512), renewed, by: second, atSeconds: Self.start + 10 * Self.year)
        let again = try run(.timestamp, hashed, by: second, atSeconds: Self.start + 12 * Self.year)
        for (index, record) in again.enumerated() {
            let verified = try record.verified(over: objects[index], trust: trust)
            #expect(verified.chains.map(\.count) == [2, 2])
            #expect(verified.timestamps.map { ($0.token.genTimeSeconds - Self.start) / Self.year } == [0, 9, 10, 12])
            #expect(verified.timestamp.token.genTimeSeconds == Self.start)
            #expect(verified.endSeconds == second.authority.certificate.notAfter)
            #expect(verified.newest.token.imprintAlgorithm == .sha512)
            expectRecord(.dataMismatch) { try record.verified(over: objects[index] + [0], trust: trust) }
            #expect(plain[index].isBeginning(of: record) && renewed[index].isBeginning(of: record))
            #expect(hashed[index].isBeginning(of: record) && record.isBeginning(of: record))
            #expect(!record.isBeginning(of: hashed[index]))
        }
        // Both together: the roots of one authority do not vouch for the other's tokens.
        let error = #expect(throws: EvidenceRecordError.self) {
            try again[0].verified(over: objects[0], trust: .roots([second.authority.root]))
        }
        #expect(error?.cause?.code == .untrustedChain)
    }

    @Test func whatWasRenewedTooLateProvesNothing() throws {
        let first = try Stamper(madeAtSeconds: Self.start)
        let second = try Stamper(madeAtSeconds: Self.start + 11 * Self.year)
        let trust = TimestampTrust.roots([first.authority.root, second.authority.root])
        let plain = try [first.record(over: objects[0], atSeconds: Self.start)]
        let late = try run(.timestamp, plain, by: second, atSeconds: Self.start + 11 * Self.year)
        expectRecord(.renewalTooLate) { try late[0].verified(over: objects[0], trust: trust) }
        // The newest one is judged as of the time that is asked about.
        let error = #expect(throws: EvidenceRecordError.self) {
            try plain[0].verified(over: objects[0], trust: trust, atSeconds: Self.start + 11 * Self.year)
        }
        #expect(error?.cause?.code == .certificateOutsideValidity)
    }

    @Test func renewalOfOtherTimestampsOrBackInTimeIsRefused() throws {
        let stamper = try Stamper(madeAtSeconds: Self.start)
        let trust = TimestampTrust.roots([stamper.authority.root])
        let plain = try objects.map { try stamper.record(over: $0, atSeconds: Self.start + 10) }
        let earlier = try run(.timestamp, plain, by: stamper, atSeconds: Self.start + 5)
        expectRecord(.renewalMismatch) { try earlier[0].verified(over: objects[0], trust: trust) }

        let swapped = try RenewalRun(.timestamp, of: [(plain[0], objects[0]), (plain[1], objects[1])])
        let other = try stamper.stamp(TimestampImprint(of: [1]), atSeconds: Self.start + 20)
        expectRecord(.renewalMismatch) { try swapped.records(stampedBy: other) }
        // A hash tree over other data: the renewal covers digests that are not the data's.
        let wrong = try RenewalRun(.hashTree(.sha512), of: [(plain[0], objects[1])])
        let stamp = try stamper.stamp(wrong.imprint, atSeconds: Self.start + 20)
        let record = try UnverifiedEvidenceRecord(wrong.records(stampedBy: stamp)[0])
        expectRecord(.renewalMismatch) { try record.verified(over: objects[0], trust: trust) }
        expectRecord(.malformed) { try RenewalRun(.timestamp, of: []) }
    }

    @Test func recordsHaveALimit() throws {
        let stamper = try Stamper(madeAtSeconds: Self.start)
        var records = try [stamper.record(over: objects[0], atSeconds: Self.start)]
        for renewal in 1..<UnverifiedEvidenceRecord.timestampLimit {
            records = try run(.timestamp, records, by: stamper, atSeconds: Self.start + Int64(renewal))
        }
        let trust = TimestampTrust.roots([stamper.authority.root])
        #expect(try records[0].verified(over: objects[0], trust: trust).renewalCount == 99)
        #expect(records[0].der.count < UnverifiedEvidenceRecord.byteLimit)
        expectRecord(.tooLarge) { try run(.timestamp, records, by: stamper, atSeconds: Self.start + 1000) }
    }

    @Test(arguments: DigestAlgorithm.allCases)
    func chainsOfAnyDigest(algorithm: DigestAlgorithm) throws {
        let stamper = try Stamper(madeAtSeconds: Self.start)
        let plain = try objects.map { try stamper.record(over: $0, atSeconds: Self.start) }
        let hashed = try run(.hashTree(algorithm), plain, by: stamper, atSeconds: Self.start + 1)
        let renewed = try run(.timestamp, hashed, by: stamper, atSeconds: Self.start + 2)
        for (index, record) in renewed.enumerated() {
            let verified = try record.verified(over: objects[index], trust: .roots([stamper.authority.root]))
            #expect(verified.newest.token.imprintAlgorithm == algorithm)
        }
    }

    /// For stock verifiers: CINNABAR_RENEWED names a folder that takes records with their data and roots.
    @Test(.enabled(if: ProcessInfo.processInfo.environment["CINNABAR_RENEWED"] != nil, "CINNABAR_RENEWED is not set"))
    func recordsForOtherVerifiers() throws {
        let folder = try #require(ProcessInfo.processInfo.environment["CINNABAR_RENEWED"])
        let (first, second) = try (
            Stamper(madeAtSeconds: Self.start), Stamper(madeAtSeconds: Self.start + 9 * Self.year)
        )
        let plain = try objects.map { try first.record(over: $0, atSeconds: Self.start) }
        let renewed = try run(.timestamp, plain, by: second, atSeconds: Self.start + 9 * Self.year)
        let hashed = try run(.hashTree(.sha512), renewed, by: second, atSeconds: Self.start + 10 * Self.year)
        let again = try run(.timestamp, hashed, by: second, atSeconds: Self.start + 12 * Self.year)
        for (name, records) in [("plain", plain), ("renewed", renewed), ("hashed", hashed), ("again", again)] {
            for (index, record) in records.enumerated() {
                try Data(record.der).write(to: URL(filePath: "\(folder)/\(name)-\(index).ers"))
                try Data(objects[index]).write(to: URL(filePath: "\(folder)/\(name)-\(index).bin"))
            }
        }
    }
}
