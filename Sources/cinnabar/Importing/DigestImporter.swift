import Bytes
import Evidence
import OpenSSL
import Server

/// Registers files by their digests, a line each, in batches: several at once, so that reading, writing and the wire
/// are all busy.
struct DigestImporter {
    /// Enough that the server always has one to work on.
    private static let batchesInFlight = 3
    /// Half of what a batch may have: the time of one is what is done again after a break.
    private static let batchLines = DigestBatch.lineLimit / 2
    private static let batchBytes = DigestBatch.bodyLimitBytes / 2

    let connection: any NotaryConnection
    let claim: Claim

    /// Lines that go together, and which lines of the file they are.
    private struct Batch {
        var numbers: [Int] = []
        var bytes: [UInt8] = []
    }

    /// - Parameter report: Called for each batch with its lines' answers; not always in order.
    /// - Throws: ``CommandError`` for what concerns all lines, such as a server that does not answer. What was
    ///   registered until then stays; run again, the import goes on where it stopped.
    func run(_ path: String, report: ([Importer.Outcome]) -> Void) async throws {
        var lines = try LineReader(path)
        try await withThrowingTaskGroup(of: [Importer.Outcome].self) { group in
            var running = 0
            var number = 0
            while let batch = try next(&lines, &number) {
                if running == Self.batchesInFlight, let outcomes = try await group.next() {
                    report(outcomes)
                    running -= 1
                }
                group.addTask { try await outcomes(of: batch, name: path) }
                running += 1
            }
            for try await outcomes in group { report(outcomes) }
        }
    }

    private func next(_ lines: inout LineReader, _ number: inout Int) throws -> Batch? {
        var batch = Batch()
        while batch.numbers.count < Self.batchLines, batch.bytes.count < Self.batchBytes, let line = try lines.next() {
            number += 1
            guard !line.isEmpty else { continue }
            batch.numbers.append(number)
            batch.bytes += prepared(line) + [UInt8(ascii: "\n")]
        }
        return batch.numbers.isEmpty ? nil : batch
    }

    /// With the claim for all, unless the line has one; and with a key, so that importing it again registers nothing
    /// twice, while another claim makes registrations of its own: the digest of the line. A line that is no object is
    /// left to its answer.
    private func prepared(_ line: ArraySlice<UInt8>) -> [UInt8] {
        guard case .object(var members)? = try? JSONValue(parsing: Array(line)) else { return Array(line) }
        if members["claim"] == nil, !claim.isEmpty { members["claim"] = claim.json }
        if members["idempotencyKey"] == nil {
            let digest = SHA256.digest(of: JSONValue.object(members).encoded(.compact))
            members["idempotencyKey"] = .string("digests-" + digest.hex)
        }
        return JSONValue.object(members).encoded(.compact)
    }

    private func outcomes(of batch: Batch, name: String) async throws -> [Importer.Outcome] {
        // Sent again as a whole when part of it was too much: what was made the first time is then only answered.
        let results = try await Importer.patiently {
            try Self.results(in: try await connection.register(batch: batch.bytes))
        }
        guard results.count == batch.numbers.count else { throw Self.unexpectedAnswer }
        return zip(batch.numbers, results).map { ("\(name):\($0)", $1) }
    }

    /// - Throws: ``CommandError`` for a failure that concerns all lines.
    private static func results(in answer: [UInt8]) throws -> [Result<JSONValue, CommandError>] {
        try answer.split(separator: UInt8(ascii: "\n")).dropLast().map { line in
            guard case .object(var members)? = try? JSONValue(parsing: Array(line)),
                let status = members["status"]?.integerValue
            else { throw unexpectedAnswer }
            members["line"] = nil
            members["replayed"] = .bool(status == 200)
            guard status >= 300 else { return .success(.object(members)) }
            let refusal = CommandError(
                members["code"]?.stringValue ?? unexpectedAnswer.code,
                members["detail"]?.stringValue ?? unexpectedAnswer.message,
                status: status >= 500 ? .environment : .doesNotHold
            )
            if refusal.status == .environment { throw refusal }
            return .failure(refusal)
        }
    }

    private static let unexpectedAnswer = CommandError(
        "server.unexpectedAnswer",
        "The answer to a batch has not one line for each line.",
        advice: "Check the server's version.",
        status: .environment
    )
}
