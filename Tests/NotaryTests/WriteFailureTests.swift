import Evidence
import EvidenceStore
import Foundation
import MerkleLog
import Notary
import Synchronization
import Testing

/// Every write of a working day fails, once before and once after it took effect: each row of each batch, and each step
/// of writing the guard. Then the folder is opened again and audited.
@Suite struct WriteFailureTests {
    /// What clients were told, and the checkpoints that anyone has seen.
    private struct Seen {
        var acknowledged: [String: Registration] = [:]
        var checkpoints: [[UInt8]] = []
        var refusals: [String] = []
    }

    private struct Counts {
        var faults = 0, acknowledged = 0, lost = 0, reusedIndexes = 0, inconsistentCheckpoints = 0
    }

    @Test(.timeLimit(.minutes(10))) func nothingAcknowledgedIsLostWhicheverWriteFails() async throws {
        let counter = FaultyStorage(failing: nil)
        let template = try Office()
        let whole = try await day(in: try template.copy(), counter)
        try #require(whole.acknowledged.count == 4, "Without a fault the day goes well: \(whole.refusals)")
        let names = counter.names
        let families: Set<Family> = [
            .entries, .positions, .records, .recordKeys, .accountRecords, .digests, .fingerprints, .idempotency,
            .originals, .pendingOriginals, .tiles, .checkpoints, .timestamps,
        ]
        for family in families { #expect(names.contains("put \(family.rawValue)"), "no write of \(family)") }
        for step in FileStep.allCases { #expect(names.contains("guard \(step.rawValue)")) }

        var counts = Counts()
        for number in names.indices {
            for moment in FaultyStorage.Moment.allCases {
                let what = "write \(number), \(names[number]), \(moment)"
                let office = try template.copy()
                let seen = try await day(in: office, FaultyStorage(failing: number, moment))
                counts.faults += 1
                try await judge(office, seen, what, &counts)
            }
        }
        #expect(counts.lost == 0 && counts.reusedIndexes == 0 && counts.inconsistentCheckpoints == 0)
        print(
            """
            Write failures: \(names.count) writes, \(counts.faults) faults, \(counts.acknowledged) acknowledged, \
            \(counts.lost) lost, \(counts.reusedIndexes) indexes reused, \(counts.inconsistentCheckpoints) inconsistent \
            checkpoints
            """
        )
    }

    /// A photo with its original, a batch of digests, a timestamp, a text: what they were answered, until one is not.
    private func day(in office: Office, _ storage: FaultyStorage) async throws -> Seen {
        defer { withExtendedLifetime(office) {} }
        let notary = try office.open { storage.attach(to: &$0) }
        defer { notary.close() }
        let caller = try notary.localCaller(account: Notary.defaultAccountName)
        storage.arm()
        var seen = Seen()
        for number in 0..<4 {
            do {
                let registration = try await Self.register(number, notary, caller)
                seen.acknowledged[registration.id.hex] = registration
                seen.checkpoints.append(registration.checkpoint)
                if number == 1 { _ = try? await notary.evidenceFile(of: registration.id, for: caller) }
            } catch {
                seen.refusals.append("\(number): \(error)")
                // Once a write of the log failed, nothing more is registered.
                if await !notary.health().isHealthy {
                    await #expect(throws: NotaryError(.storeFailed, "")) {
                        try await Self.register(number, notary, caller)
                    }
                }
            }
            seen.checkpoints.append(notary.publishedCheckpoint)
        }
        return seen
    }

    private static func register(_ number: Int, _ notary: Notary, _ caller: Caller) async throws -> Registration {
        guard number == 0 else { return try await notary.register("text \(number)", key: "key-\(number)", for: caller) }
        let photo = notary.makeUpload()
        try photo.append(Office.photo())
        let request = RegistrationRequest(declaredMediaType: "image/jpeg", idempotencyKey: "key-0")
        return try await notary.register(photo, request, for: caller)
    }

    private func judge(_ office: Office, _ seen: Seen, _ what: String, _ counts: inout Counts) async throws {
        let notary = try office.open()
        defer { notary.close() }
        let caller = try notary.localCaller(account: Notary.defaultAccountName)
        let report = try notary.audit()
        #expect(report.isConsistent, "\(what): \(report.findings)")
        for registration in seen.acknowledged.values {
            counts.acknowledged += 1
            let found = try notary.registration(registration.id, for: caller)
            if found?.position != registration.position || found?.record != registration.record {
                counts.lost += 1
                Issue.record("\(what): \(registration.id) was lost")
            }
        }
        // The day once more: what was acknowledged is the same, what was not is made now, once.
        var places: [LogPosition] = []
        for number in 0..<4 {
            let registration = try await Self.register(number, notary, caller)
            places.append(registration.position)
            if seen.acknowledged[registration.id.hex] != nil { #expect(registration.isReplay, "\(what)") }
        }
        counts.reusedIndexes += places.count - Set(places).count
        #expect(Set(places).count == 4, "\(what)")
        let after = try notary.audit()
        #expect(after.isConsistent && after.entries == 4 && after.originals == 1, "\(what): \(after.findings)")
        for note in seen.checkpoints where try !office.isExtended(note, by: notary) {
            counts.inconsistentCheckpoints += 1
            Issue.record("\(what): a checkpoint that was shown is no more part of the log")
        }
    }
}
