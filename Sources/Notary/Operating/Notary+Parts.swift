package import EvidenceStore
package import MerkleLog

/// The steps of a registration by themselves, each with its own cost: for `tools/bench`.
extension Notary {
    /// A registration that only needs its place: checked, written and encrypted.
    package func sealed(_ item: BatchItem, for caller: Caller) throws -> SealedRegistration {
        try prepare(item, for: caller)
    }

    /// Gives prepared registrations their places.
    ///
    /// - Returns: When all are durable and in a signed checkpoint.
    package func sequence(_ registrations: [SealedRegistration]) async throws {
        _ = try await lanes.append(
            registrations.map { Sequencer.Submission(entry: .registration($0)) }
        )
    }

    /// - Parameter index: Of an entry in the first lane.
    package func inclusionProof(of index: LeafIndex) throws -> InclusionProof {
        let lane = lanes.registering[0]
        return try lane.proofs.inclusionProof(of: index, in: lane.published.current.size)
    }

    /// Registrations in the log.
    package var size: UInt64 { lanes.size }
}
