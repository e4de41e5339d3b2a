import Evidence
import EvidenceStore
import MerkleLog

extension Notary {
    /// The most registrations of one call: as many as are worth one synced write, and few enough that others are not
    /// kept waiting behind it.
    public static let batchLimit = 1024

    /// Registers files that stay home, many in one synced write and under one signature. Earlier registrations of the
    /// same files are not looked for.
    ///
    /// Keeps a core busy: call it by preference on ``workers``.
    ///
    /// - Parameter items: At most ``batchLimit``.
    /// - Returns: One result for each, in their order. A failure spoils no other; a success is durable and in a signed
    ///   checkpoint. Failures are ``NotaryError`` or `EvidenceError`.
    public func register(
        batch items: [BatchItem],
        withProofs: Bool = false,
        for caller: Caller
    ) async -> [Result<BatchRegistration, any Error>] {
        precondition(items.count <= Self.batchLimit, "A batch has at most \(Self.batchLimit) registrations.")
        let prepared = items.map { item in Result { try prepare(item, for: caller) } }
        let results = await sequenced(prepared, withProofs: withProofs)
        for result in results {
            switch result {
            case .success(let registration) where registration.isReplay: counters.replays.increment()
            case .success: counters.registrations.increment()
            case .failure: counters.refusals.increment()
            }
        }
        return results
    }

    func prepare(_ item: BatchItem, for caller: Caller) throws -> SealedRegistration {
        let claim = try idempotencyClaim(item.request, file: item.file.idempotencyFacts)
        try checkParents(item.request)
        let record = record(item.request, caller, declared: item.file)
        return try store.sealing(unsealed(record, caller: caller, idempotency: claim))
    }

    private func sequenced(
        _ prepared: [Result<SealedRegistration, any Error>],
        withProofs: Bool
    ) async -> [Result<BatchRegistration, any Error>] {
        let submissions = prepared.compactMap { registration in
            (try? registration.get()).map { Sequencer.Submission(entry: .registration($0)) }
        }
        let entries: Result<[SequencedEntry], any Error>
        do {
            entries = .success(submissions.isEmpty ? [] : try await lanes.append(submissions))
        } catch {
            entries = .failure(error)
        }
        var next = 0
        return prepared.map { registration in
            registration.flatMap { registration in
                defer { next += 1 }
                return entries.flatMap { entries in
                    Result { try batchRegistration(registration.id, entries[next], withProof: withProofs) }
                }
            }
        }
    }

    private func batchRegistration(
        _ id: LeafHash,
        _ entry: SequencedEntry,
        withProof: Bool
    ) throws -> BatchRegistration {
        let (id, isReplay) =
            switch entry.outcome {
            case .sequenced: (id, false)
            case .replayed(let earlier): (earlier, true)
            case .conflicting: throw Self.idempotencyConflict
            }
        let proof =
            withProof
            ? try entry.inclusionProof() ?? inclusionProof(of: entry.position, in: entry.checkpoint.size) : nil
        return BatchRegistration(
            id: id,
            position: entry.position,
            isReplay: isReplay,
            checkpoint: entry.checkpoint,
            proof: proof
        )
    }
}
