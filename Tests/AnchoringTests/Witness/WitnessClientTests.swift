import Anchoring
import MerkleLog
import Testing

struct WitnessClientTests {
    private let witness = WitnessFixture.witnesses[0]
    private let request: AddCheckpointRequest

    init() throws {
        request = try AddCheckpointRequest(oldSize: .empty, proof: [], checkpoint: WitnessFixture.note())
    }

    private func outcome(
        prefix: String = "https://witness.example/w1",
        _ answer: @escaping @Sendable (OutgoingRequest) throws -> AddCheckpointResponse
    ) async throws -> WitnessClient.Outcome {
        try await WitnessClient(submissionPrefix: prefix, keys: [witness.verifierKey]) {
            let answer = try answer($0)
            return IncomingResponse(
                status: answer.status,
                headers: ["content-type": answer.contentType],
                body: answer.body
            )
        }.submit(request)
    }

    @Test func getsVerifiedCosignaturesAndLeavesOthersOut() async throws {
        let (witness, stranger) = (witness, WitnessFixture.witnesses[1])
        for prefix in ["https://witness.example/w1", "https://witness.example/w1/"] {
            let outcome = try await outcome(prefix: prefix) { sent in
                #expect(sent.url == "https://witness.example/w1/add-checkpoint")
                #expect(sent.method == "POST")
                let text = try AddCheckpointRequest(parsing: sent.body).checkpoint.text
                return .cosigned([
                    try stranger.cosignature(for: text, timestampSeconds: 7),
                    try witness.cosignature(for: text, timestampSeconds: 1_795_000_000),
                ])
            }
            guard case .cosigned(let cosignatures) = outcome else { throw OutcomeError() }
            #expect(cosignatures.map(\.key) == [witness.verifierKey])
            #expect(cosignatures.map(\.timestampSeconds) == [1_795_000_000])
            var note = request.checkpoint
            try note.append(cosignatures[0].line)
            let verified = try note.verifiedCheckpoint(
                log: WitnessFixture.log.verifierKey,
                witnesses: [witness.verifierKey]
            )
            #expect(verified.cosignatures.count == 1)
        }
    }

    @Test func passesConflictsAndRefusalsOn() async throws {
        #expect(try await outcome { _ in .conflict(TreeSize(3)) } == .conflict(TreeSize(3)))
        #expect(try await outcome { _ in .refused(.unknownLog) } == .refused(.unknownLog))
    }

    @Test func refusesAnswersWithoutAValidCosignature() async throws {
        let (witness, stranger) = (witness, WitnessFixture.witnesses[1])
        let answers: [@Sendable (OutgoingRequest) throws -> AddCheckpointResponse] = [
            { _ in .cosigned([try stranger.cosignature(for: "x\n", timestampSeconds: 7)]) },
            { _ in .cosigned([try witness.cosignature(for: "another text\n", timestampSeconds: 7)]) },
            {
                let text = try AddCheckpointRequest(parsing: $0.body).checkpoint.text
                return .cosigned([try witness.cosignature(for: text, timestampSeconds: 1 << 63)])
            },
        ]
        for answer in answers {
            let error = await #expect(throws: WitnessError.self) { try await outcome(answer) }
            #expect(error?.code == .noValidCosignature)
        }
    }

    @Test func aPlainKeyIsNoCosigner() throws {
        let plain = try WitnessFixture.key("witness.example/plain", .ed25519, seed: 9)
        let text = request.checkpoint.text
        let line = try plain.signature(for: text)
        #expect(Cosignature(line: line, over: text, by: [plain.verifierKey]) == nil)
    }

    private struct OutcomeError: Error {}
}
