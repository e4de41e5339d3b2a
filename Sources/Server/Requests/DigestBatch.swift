import Evidence
import EvidenceStore
import MerkleLog
public import Notary

/// Many registrations by digests: NDJSON in, NDJSON out, a line each.
///
/// What `POST /v1/registrations:batch` does, for whoever has the notary in their own process too.
public struct DigestBatch: Sendable {
    /// With the body's limit it bounds what a batch may hold in memory, together with its answer.
    public static let lineLimit = 10_000
    public static let bodyLimitBytes = 8 << 20
    /// A registration of its own: as much JSON as a single one may have.
    public static let lineLimitBytes = BatchLine.limitBytes

    /// Groups of one batch that are prepared and written at the same time: one for each core, and as many waiting for
    /// the disk.
    private static let groupsInFlight = 4

    private let notary: Notary

    public init(_ notary: Notary) { self.notary = notary }

    /// The bytes of one group's answer, and the checkpoints that its lines name.
    private struct GroupAnswer {
        let group: Int
        var lines: [UInt8] = []
        var checkpoints: [LogPosition: StoredCheckpoint] = [:]
    }

    /// Registers what the lines say.
    ///
    /// - Parameter body: At most ``bodyLimitBytes``.
    /// - Returns: When the last registration is durable: one line for each line that is not blank, in their order, then
    ///   one with the checkpoints that they name.
    /// - Throws: ``ServerError`` with `.uploadTooLarge` for more than ``lineLimit`` lines; then nothing was registered.
    public func answer(to body: [UInt8], withProofs: Bool = false, for caller: Caller) async throws -> [UInt8] {
        let lines = body.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated()
            .filter { !$0.element.isEmpty }.map { BatchLine(number: $0.offset + 1, bytes: $0.element) }
        guard lines.count <= Self.lineLimit else {
            throw ServerError(.uploadTooLarge, "A batch has at most \(Self.lineLimit) lines. Send several batches.")
        }
        let groups = stride(from: 0, to: lines.count, by: Notary.batchLimit).map {
            lines[$0..<min($0 + Notary.batchLimit, lines.count)]
        }
        return encoded(await answers(to: groups, withProofs: withProofs, for: caller))
    }

    private func answers(
        to groups: [ArraySlice<BatchLine>],
        withProofs: Bool,
        for caller: Caller
    ) async -> [GroupAnswer] {
        await withTaskGroup(of: GroupAnswer.self) { tasks in
            var answers: [GroupAnswer] = []
            for (number, group) in groups.enumerated() {
                if number >= Self.groupsInFlight, let answer = await tasks.next() { answers.append(answer) }
                tasks.addTask(executorPreference: notary.workers) {
                    await answer(to: group, number: number, withProofs: withProofs, for: caller)
                }
            }
            for await answer in tasks { answers.append(answer) }
            return answers.sorted { $0.group < $1.group }
        }
    }

    private func answer(
        to lines: ArraySlice<BatchLine>,
        number: Int,
        withProofs: Bool,
        for caller: Caller
    ) async -> GroupAnswer {
        let parsed = lines.map { line in Result { try line.parsed() } }
        let items = parsed.compactMap { try? $0.get().item }
        var results = await notary.register(batch: items, withProofs: withProofs, for: caller)[...]
        var answer = GroupAnswer(group: number)
        for (line, parsed) in zip(lines, parsed) {
            let result = parsed.flatMap { _ in results.removeFirst() }
            if let registration = try? result.get() {
                let place = LogPosition(
                    lane: registration.position.lane,
                    index: LeafIndex(registration.checkpoint.size.value)
                )
                answer.checkpoints[place] = registration.checkpoint
            }
            answer.lines += line.answer(to: result, ref: try? parsed.get().ref)
        }
        return answer
    }

    /// One line for each line, then one with the checkpoints that they name.
    private func encoded(_ answers: [GroupAnswer]) -> [UInt8] {
        let checkpoints = answers.reduce(into: [:]) { all, answer in
            all.merge(answer.checkpoints) { first, _ in first }
        }
        let last: JSONValue = [
            "checkpoints": .array(
                checkpoints.sorted { $0.key < $1.key }.map { place, checkpoint in
                    [
                        "lane": .integer(place.lane.rawValue), "size": .integer(place.index.value),
                        "note": .string(String(decoding: checkpoint.signed, as: UTF8.self)),
                        "anchors": notary.anchorsDue(forBatchAt: checkpoint.batchTime),
                    ]
                }
            )
        ]
        return answers.flatMap(\.lines) + last.encoded(.compact) + [UInt8(ascii: "\n")]
    }
}
