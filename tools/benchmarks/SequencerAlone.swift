import Evidence
import EvidenceStore
import Foundation
import Notary

/// Registrations that are sealed already: what giving them their places costs, beside RocksDB's own benchmark writing
/// as many rows of that size in synced batches.
struct SequencerAlone {
    let surroundings: Surroundings
    let scale: Scale

    /// The sequencer's own limit.
    private static let batchSize = 4096
    /// While one is written the next one waits.
    private static let batchesInFlight = 2
    /// Rows of a digest-only registration, and their usual size: its id, record, key, account and digest.
    private static let rowsOfEntry = 5
    private static let keyBytes = 20
    private static let valueBytes = 160

    func round() async throws -> [Sample] {
        let limit = try storeLimit()
        let log = try TemporaryLog(surroundings)
        defer { log.close() }
        let sealed = try (0..<scale.batchedDigests).map { number in
            try log.notary.sealed(
                BatchItem(DigestRegistrations.file(number), RegistrationRequest(channel: .digestOnly)),
                for: log.caller
            )
        }
        let batches = stride(from: 0, to: sealed.count, by: Self.batchSize).map {
            Array(sealed[$0..<min($0 + Self.batchSize, sealed.count)])
        }
        let before = ProcessFacts.current.processorSeconds
        let (_, seconds) = try await timed {
            try await forEach(batches, width: Self.batchesInFlight) { try await log.notary.sequence($0) }
        }
        let processor = ProcessFacts.current.processorSeconds - before
        let perSecond = Double(sealed.count) / seconds
        return [
            Sample("sequencer.limit.db_bench", limit, "entries/s"),
            Sample("sequencer", perSecond, "entries/s", mark: "≥ 60000"),
            Sample("sequencer.share", 100 * perSecond / limit, "% of limit"),
            Sample("sequencer.cpu", processor * 1e6 / Double(sealed.count), "µs/entry"),
        ]
    }

    private func storeLimit() throws -> Double {
        let folder = try TemporaryFolder(in: surroundings.scratch)
        let rows = scale.batchedDigests * Self.rowsOfEntry
        let run = try ProgramRun(
            "/usr/bin/db_bench",
            [
                "--benchmarks=fillrandom", "--db=\(folder.path)", "--num=\(rows)", "--sync=1",
                "--batch_size=\(Self.batchSize * Self.rowsOfEntry)", "--key_size=\(Self.keyBytes)",
                "--value_size=\(Self.valueBytes)", "--compression_type=none", "--compaction_style=1",
                "--write_buffer_size=\(32 << 20)", "--max_background_jobs=2",
            ],
            keepsOutput: true,
            showsErrors: false
        )
        let text = String(decoding: try run.finished(), as: UTF8.self)
        // fillrandom   :  1.234 micros/op 810000 ops/sec 1.23 seconds ...
        let words = text.split(whereSeparator: \.isWhitespace)
        guard let end = words.firstIndex(of: "ops/sec"), end > 0, let rate = Double(words[end - 1]) else {
            throw BenchmarkError("db_bench said nothing that can be read:\n\(text)")
        }
        return rate / Double(Self.rowsOfEntry)
    }
}
