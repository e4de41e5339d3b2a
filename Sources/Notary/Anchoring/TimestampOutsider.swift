import Anchoring
import Bytes
import OpenSSL

/// A timestamp authority as the scheduler drives it: what is prepared is the request in DER, with its nonce.
///
/// An authority may answer the same request twice; the second token is as good, and one of them is kept.
struct TimestampOutsider: Outsider {
    let name: String
    let concurrency = 1
    /// The request for an imprint of the checkpoint's signed bytes.
    let request: @Sendable (_ signed: [UInt8]) throws -> TimestampRequest
    /// The response, verified.
    let answer: @Sendable (TimestampRequest) async throws -> VerifiedTimestamp

    func prepare(_ checkpoint: OutgoingCheckpoint) async throws -> [UInt8] { try request(checkpoint.signed).der() }

    func submit(_ prepared: [UInt8], for checkpoint: OutgoingCheckpoint) async throws -> AnchorProgress {
        let request = try TimestampRequest(der: prepared)
        // The operator may have changed what is asked for since, for an authority that refused it.
        let wanted = try self.request(checkpoint.signed)
        guard wanted.imprint == request.imprint, wanted.policy == request.policy,
            (wanted.nonce == nil) == (request.nonce == nil)
        else { return .replaced(prepared: try wanted.der()) }
        return .anchored([AnchorFile(name: "\(name).tsr", bytes: try await answer(request).der)])
    }

    /// An authority answers at once or not at all, so this is not reached.
    func advance(
        _ state: [UInt8],
        prepared: [UInt8],
        for checkpoint: OutgoingCheckpoint
    ) async throws -> AnchorProgress { try await submit(prepared, for: checkpoint) }
}
