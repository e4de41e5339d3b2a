import Anchoring
import Bytes
import EvidenceStore
import MerkleLog
import OpenSSL

/// Makes timestamps last: finds those whose certificates end soon, has one token cover many of them, and keeps the longer
/// evidence records (RFC 4998, 5).
///
/// A record is stored only after it was verified, so what is kept never gets weaker; a run that is cut off has renewed
/// some timestamps and not others, and the next one goes on.
struct Renewer: Sendable {
    private static let secondsPerDay: Int64 = 86_400
    private static let pageSize = 512

    let store: Store
    let stamper: RenewalStamper
    /// All that this log ever had, the built-in authority's among them.
    let roots: @Sendable () -> [SigningCertificate]
    /// Seconds since 1970.
    let clock: @Sendable () -> Int64

    /// - Throws: ``NotaryError`` with code `.authorityFailed` or `.storeFailed`, ``StoreError``.
    func run(_ order: RenewalOrder) async throws -> RenewalReport {
        var report = RenewalReport(isDryRun: order.isDryRun)
        var groups: [[UInt8]: RenewalReport.Group] = [:]
        var due = DueTimestamps()
        var last: [UInt8]?
        repeat {
            let rows = try store.rows(of: .timestamps, after: last, limit: Self.pageSize)
            for row in rows {
                guard let stored = store.timestamp(row) else { continue }
                do {
                    let timestamp = try RenewableTimestamp(stored, in: store)
                    let isDue = try judge(timestamp, order, &groups)
                    if isDue, !order.isDryRun { due.add(timestamp, order) }
                } catch let error as NotaryError {
                    report.fail(error.message)
                } catch let error as EvidenceRecordError {
                    report.fail("A timestamp by \(stored.authority) over \(stored.size) entries: \(error.message)")
                }
                if let full = due.takeFull() { try await renew(full, order, &report) }
            }
            last = rows.count == Self.pageSize ? rows.last?.key : nil
        } while last != nil
        for rest in due.takeAll() { try await renew(rest, order, &report) }
        report.groups = groups.values.sorted { ($0.endSeconds, $0.authority) < ($1.endSeconds, $1.authority) }
        return report
    }

    /// Counts the timestamp in its group, and says whether it is to be renewed. Timestamps that bring the same
    /// certificates end together, so that only the first of them needs its chain built.
    private func judge(
        _ timestamp: RenewableTimestamp,
        _ order: RenewalOrder,
        _ groups: inout [[UInt8]: RenewalReport.Group]
    ) throws -> Bool {
        let algorithm = try timestamp.record.newestAlgorithm()
        var key = Array("\(timestamp.stored.authority)/\(algorithm.rawValue)/".utf8)
        for certificate in timestamp.certificates { key += certificate.fingerprint.bytes }
        if groups[key] == nil {
            let end = try verified(timestamp).endSeconds
            let isDue =
                order.isOfHashTree
                ? algorithm != .sha512 : end <= clock() + Int64(order.days) * Self.secondsPerDay
            groups[key] = RenewalReport.Group(
                authority: timestamp.stored.authority,
                algorithm: algorithm.rawValue,
                endSeconds: end,
                isDue: isDue
            )
        }
        groups[key]?.count += 1
        if timestamp.record.timestampCount > 1 { groups[key]?.renewedBefore += 1 }
        return groups[key]?.isDue ?? false
    }

    /// - Throws: ``EvidenceRecordError``, ``NotaryError`` with code `.storeFailed`.
    private func verified(_ timestamp: RenewableTimestamp) throws -> VerifiedEvidenceRecord {
        try timestamp.record.verified(over: signed(timestamp.stored), trust: .roots(roots()))
    }

    private func signed(_ stored: StoredTimestamp) throws -> [UInt8] {
        guard let checkpoint = try store.checkpoint(ofSize: stored.size, lane: stored.lane) else {
            throw NotaryError(.storeFailed, "The store lacks the checkpoint of size \(stored.size).")
        }
        return checkpoint.signed
    }

    /// One run: one token for all of them.
    private func renew(
        _ timestamps: [RenewableTimestamp],
        _ order: RenewalOrder,
        _ report: inout RenewalReport
    ) async throws {
        var sound: [(timestamp: RenewableTimestamp, data: [UInt8])] = []
        for timestamp in timestamps {
            do {
                let data = try signed(timestamp.stored)
                // As of now: what has ended already cannot be saved by a renewal.
                _ = try timestamp.record.verified(over: data, trust: .roots(roots()), atSeconds: clock())
                sound.append((timestamp, data))
            } catch let error as EvidenceRecordError {
                let stored = timestamp.stored
                report.fail("A timestamp by \(stored.authority) over \(stored.size) entries: \(error.message)")
            }
        }
        guard !sound.isEmpty else { return }
        let renewal: Renewal = order.isOfHashTree ? .hashTree(.sha512) : .timestamp
        let run = try RenewalRun(renewal, of: sound.map { ($0.timestamp.record, $0.data) })
        let (name, stamp) = try await stamper.stamp(run.imprint, by: order.authority)
        let records = try run.records(stampedBy: stamp)
        let trust = TimestampTrust.roots(roots())
        for (record, (_, data)) in zip(records, sound) {
            _ = try UnverifiedEvidenceRecord(record).verified(over: data, trust: trust)
        }
        // A crash before this line loses the token, and the next run asks for another; after it, all are renewed.
        try store.putRenewedRecords(zip(sound, records).map { ($0.timestamp.stored, $1) })
        report.renewed += records.count
        report.tokens += 1
        report.stampedBy = name
    }
}
