public import Bytes
import OpenSSL

/// Calendars that commit to checkpoints by Bitcoin: a promise at once, a proof hours later.
public struct OpenTimestamps: Outsider {
    public let name: String
    /// Calendars take any number; this bounds what is asked again each time.
    public let concurrency = 256

    private let calendars: Calendars
    private let headers: HeaderSource?

    /// Calendars commit once in an hour or so, and ask not to be asked often.
    public static let pauseSeconds = 300

    private let pauseSeconds: Int

    /// - Parameters:
    ///   - headers: `nil` to leave the comparison with the chain to whoever checks the proof.
    ///   - pauseSeconds: Between two askings.
    public init(name: String, calendars: Calendars, headers: HeaderSource?, pauseSeconds: Int = Self.pauseSeconds) {
        self.name = name
        self.calendars = calendars
        self.headers = headers
        self.pauseSeconds = pauseSeconds
    }

    /// What calendars get of a checkpoint: SHA-256(root ‖ SHA-256(`checkpoint.signed`)). So one proof serves the
    /// checkpoint, by what stands after it, and every registered file, by what leads to the root.
    public static func commitment(to checkpoint: OutgoingCheckpoint) -> Digest256 {
        SHA256.digest(of: checkpoint.root.bytes + checkpoint.signedDigest.bytes)
    }

    public func prepare(_ checkpoint: OutgoingCheckpoint) async throws -> [UInt8] {
        Self.commitment(to: checkpoint).bytes
    }

    public func submit(_ prepared: [UInt8], for checkpoint: OutgoingCheckpoint) async throws -> AnchorProgress {
        try await progress(of: calendars.submit(prepared), for: checkpoint)
    }

    /// - Parameter state: The commitment's timestamp as far as it is known.
    public func advance(
        _ state: [UInt8],
        prepared: [UInt8],
        for checkpoint: OutgoingCheckpoint
    ) async throws -> AnchorProgress {
        let known = try OTSTimestamp(message: prepared, bytes: state)
        return try await progress(of: calendars.upgraded(known), for: checkpoint)
    }

    private func progress(
        of timestamp: OTSTimestamp,
        for checkpoint: OutgoingCheckpoint
    ) async throws -> AnchorProgress {
        let proof = try OTSProof(checkpoint: checkpoint, commitment: timestamp)
        let file = AnchorFile(name: name + OpenTimestampsAnchor.ending, bytes: try proof.bytes())
        let pending = AnchorProgress.pending(state: try timestamp.bytes(), files: [file], pauseSeconds: pauseSeconds)
        guard timestamp.isComplete else { return pending }
        guard let headers else { return .anchored([file]) }
        guard let found = try await found(proof, headers) else { return pending }
        return .anchored([file, AnchorFile(name: name + BitcoinHeadersAnchor.ending, bytes: found.json)])
    }

    /// The headers that the proof leads to; `nil` while the source does not have them.
    ///
    /// - Throws: ``OutsiderError`` with `.invalidAnswer` if the source has them all and the proof leads to none.
    private func found(_ proof: OTSProof, _ source: HeaderSource) async throws -> BitcoinHeaders? {
        var headers = BitcoinHeaders()
        var isSomeMissing = false
        for claim in proof.bitcoinClaims.prefix(BitcoinHeaders.countLimit) {
            do {
                let header = try await source.header(at: claim.height)
                if header.merkleRoot == claim.merkleRoot { headers.byHeight[claim.height] = header }
            } catch let error as OutsiderError where error.code != .misconfigured {
                isSomeMissing = true
            }
        }
        if !headers.byHeight.isEmpty { return headers }
        if isSomeMissing { return nil }
        throw OutsiderError(
            .invalidAnswer,
            "A calendar of \(name) names a block with another Merkle root than its proof leads to; it is asked again."
        )
    }
}
