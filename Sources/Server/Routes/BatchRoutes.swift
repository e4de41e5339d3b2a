import Bytes
import Evidence
import EvidenceStore
import HTTPTypes
import Hummingbird
import MerkleLog
import Notary

/// Many registrations by digests in one request, a line each: NDJSON in, NDJSON out.
///
/// The whole body is read before the first line is registered, and the answer begins when the last one is: no client
/// has to read while it still writes.
struct BatchRoutes: Sendable {
    let notary: Notary
    let batches: Slots

    static let mediaType = "application/x-ndjson"
    /// With the body's limit it bounds what a request may hold in memory, together with its answer.
    static let lineLimit = 10_000
    static let bodyLimitBytes = 8 << 20

    /// Groups of one request that are prepared and written at the same time: one for each core, and as many waiting for
    /// the disk.
    private static let groupsInFlight = 4

    var route: Route {
        Route(.post, "/v1/registrations:batch", .token) { call in
            try await batches.withSlot { try await register(call) }
        }
    }

    /// The bytes of one group's answer, and the checkpoints that its lines name.
    private struct GroupAnswer {
        let group: Int
        var lines: [UInt8] = []
        var checkpoints: [LogPosition: [UInt8]] = [:]
    }

    private func register(_ call: Call) async throws -> Response {
        let caller = try call.requiredCaller()
        let proof = call.request.uri.queryParameters["proof"]
        guard [nil, "true", "false"].contains(proof) else {
            throw ServerError(.invalidRequest, "The query's \"proof\" is true or false.")
        }
        let body = try await call.body(of: Self.mediaType, limitBytes: Self.bodyLimitBytes)
        let lines = body.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated()
            .filter { !$0.element.isEmpty }.map { BatchLine(number: $0.offset + 1, bytes: $0.element) }
        guard lines.count <= Self.lineLimit else {
            throw ServerError(.uploadTooLarge, "A batch has at most \(Self.lineLimit) lines. Send several batches.")
        }
        let groups = stride(from: 0, to: lines.count, by: Notary.batchLimit).map {
            lines[$0..<min($0 + Notary.batchLimit, lines.count)]
        }
        let answers = await answers(to: groups, withProofs: proof == "true", for: caller)
        var response = Response(bytes: Self.encoded(answers), mediaType: Self.mediaType)
        response.headers[.cacheControl] = "no-store"
        return response
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
                answer.checkpoints[place] = registration.checkpoint.signed
            }
            answer.lines += line.answer(to: result, ref: try? parsed.get().ref)
        }
        return answer
    }

    /// One line for each line, then one with the checkpoints that they name.
    private static func encoded(_ answers: [GroupAnswer]) -> [UInt8] {
        let checkpoints = answers.reduce(into: [:]) { all, answer in
            all.merge(answer.checkpoints) { first, _ in first }
        }
        let last: JSONValue = [
            "checkpoints": .array(
                checkpoints.sorted { $0.key < $1.key }.map { place, signed in
                    [
                        "lane": .integer(place.lane.rawValue), "size": .integer(place.index.value),
                        "note": .string(String(decoding: signed, as: UTF8.self)),
                    ]
                }
            )
        ]
        return answers.flatMap(\.lines) + last.encoded(.compact) + [UInt8(ascii: "\n")]
    }
}
