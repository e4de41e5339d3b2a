public import MerkleLog

/// Asks one witness over HTTP to cosign checkpoints.
///
/// Source: C2SP tlog-witness.
public struct WitnessClient: Sendable {
    /// What came of a request that the witness understood.
    public enum Outcome: Equatable, Sendable {
        /// At least one; lines of unknown keys are left out.
        case cosigned([Cosignature])
        /// The witness is at this size: ask again from there, unless it is the size that was submitted.
        case conflict(TreeSize)
        case refused(AddCheckpointResponse.Refusal)
    }

    private let url: String
    private let keys: [VerifierKey]
    private let exchange: HTTPExchange

    /// - Parameters:
    ///   - submissionPrefix: The witness's URL, with or without a slash at its end.
    ///   - keys: What the witness is known by.
    public init(submissionPrefix: String, keys: [VerifierKey], exchange: @escaping HTTPExchange) {
        let prefix = submissionPrefix.hasSuffix("/") ? String(submissionPrefix.dropLast()) : submissionPrefix
        url = "\(prefix)/\(AddCheckpointRequest.path)"
        self.keys = keys
        self.exchange = exchange
    }

    /// - Throws: ``WitnessError`` with code `.unexpectedReply`, `.tooLarge` or `.noValidCosignature`; or what the
    ///   exchange threw.
    public func submit(_ request: AddCheckpointRequest) async throws -> Outcome {
        let response = try await exchange(
            OutgoingRequest(
                url: url,
                method: "POST",
                headers: ["content-type": "text/plain; charset=utf-8"],
                body: request.bytes,
                responseLimitBytes: AddCheckpointResponse.limitBytes
            )
        )
        switch try AddCheckpointResponse(response) {
        case .conflict(let size): return .conflict(size)
        case .refused(let refusal): return .refused(refusal)
        case .cosigned(let lines):
            let valid = lines.compactMap { Cosignature(line: $0, over: request.checkpoint.text, by: keys) }
            guard !valid.isEmpty else {
                throw WitnessError(.noValidCosignature, "The witness answered without a cosignature by a known key.")
            }
            return .cosigned(valid)
        }
    }
}
