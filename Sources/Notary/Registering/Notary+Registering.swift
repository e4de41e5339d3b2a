import Bytes
import Evidence
import EvidenceStore
import Fingerprints
import MediaDecoding
import MerkleLog
import OpenSSL

extension Notary {
    public func makeUpload() -> Upload {
        makeUpload(computesISCC: configuration.computesISCC)
    }

    /// For a file that is looked at and not registered.
    public func makePassingUpload() -> Upload { makeUpload(computesISCC: false) }

    private func makeUpload(computesISCC: Bool) -> Upload {
        Upload(
            limitBytes: configuration.uploadLimitBytes,
            temporaryFolder: configuration.temporaryFolder,
            computesISCC: computesISCC
        )
    }

    /// Registers an uploaded file: decode in a child, fingerprint, look for earlier works, write the record, sequence
    /// it.
    ///
    /// - Returns: When the registration is durable and in a signed checkpoint. Before that nothing of it is visible,
    ///   and if this throws, nothing was registered.
    /// - Throws: ``NotaryError``.
    public func register(
        _ upload: Upload,
        _ request: RegistrationRequest,
        for caller: Caller
    ) async throws -> Registration {
        try await counted {
            let file = try upload.finish()
            let claim = try idempotencyClaim(request, file: file.idempotencyFacts)
            if let earlier = try replay(claim, for: caller) { return earlier }
            try checkParents(request)
            let picture = try await examined(file, declaredMediaType: request.declaredMediaType, wish(for: request))
            let earlier =
                try matcher(for: caller).matches(sha256: file.sha256, picture: picture)
                + documentMatches(for: picture, sha256: file.sha256, comparing: false, for: caller)
            let record = record(request, caller, channel: request.channel, file: file, picture: picture)
            var unsealed = unsealed(record, caller: caller, idempotency: claim)
            unsealed.derived = picture.derived
            unsealed.original = try keepOriginal(file, isPicture: picture.decoded != nil, of: caller)
            let registration = try await sequence(
                unsealed,
                record,
                indexed: IndexedContent(of: picture),
                earlier: earlier,
                for: caller
            )
            index(picture.document, at: registration)
            return registration
        }
    }

    /// Registers a file that stays home by its declared digests.
    ///
    /// - Throws: ``NotaryError``.
    public func register(
        _ file: DeclaredFile,
        _ request: RegistrationRequest,
        for caller: Caller
    ) async throws -> Registration {
        try await counted {
            let claim = try idempotencyClaim(request, file: file.idempotencyFacts)
            if let earlier = try replay(claim, for: caller) { return earlier }
            try checkParents(request)
            let earlier = try matcher(for: caller).matches(sha256: file.sha256, picture: nil)
            let record = record(request, caller, declared: file)
            return try await sequence(
                unsealed(record, caller: caller, idempotency: claim),
                record,
                indexed: IndexedContent(),
                earlier: earlier,
                for: caller
            )
        }
    }

    /// What the decoder is to make of a picture that is registered.
    private func wish(for request: RegistrationRequest) -> DecodeWish {
        guard configuration.keepsSketches else { return .plane }
        let looksForParts = configuration.searchesPartsOnRegistration && request.channel == .upload
        return looksForParts ? [.registration, .query] : .registration
    }

    private func counted(_ work: () async throws -> Registration) async throws -> Registration {
        do {
            let registration = try await work()
            if registration.isReplay { counters.replays.increment() } else { counters.registrations.increment() }
            return registration
        } catch {
            counters.refusals.increment()
            throw error
        }
    }

    // MARK: The record

    private func record(
        _ request: RegistrationRequest,
        _ caller: Caller,
        channel: Record.Channel,
        file: UploadedFile,
        picture: ExaminedFile
    ) -> Record {
        Record(
            digests: [
                Evidence.DocumentDigest(.sha256, file.sha256, .computed),
                Evidence.DocumentDigest(.sm3, file.sm3, .computed),
            ],
            file: .init(sizeBytes: file.sizeBytes, mediaType: picture.mediaType),
            picture: picture.decoded.map {
                .init(widthPixels: $0.width, heightPixels: $0.height, decodePath: $0.path)
            },
            document: picture.document?.record,
            fingerprints: picture.fingerprints(of: file),
            claim: request.claim,
            submitter: .init(account: caller.name, authentication: caller.authentication),
            channel: channel,
            software: Self.software,
            receivedAt: clock(),
            parents: request.parents,
            salt: salt()
        )
    }

    func record(_ request: RegistrationRequest, _ caller: Caller, declared file: DeclaredFile) -> Record {
        var digests = [Evidence.DocumentDigest(.sha256, file.sha256, .declared)]
        if let sm3 = file.sm3 { digests.append(Evidence.DocumentDigest(.sm3, sm3, .declared)) }
        return Record(
            digests: digests,
            file: .init(sizeBytes: file.sizeBytes, mediaType: file.mediaType),
            claim: request.claim,
            submitter: .init(account: caller.name, authentication: caller.authentication),
            channel: .digestOnly,
            software: Self.software,
            receivedAt: clock(),
            parents: request.parents,
            salt: salt()
        )
    }

    private func salt() -> [UInt8] {
        guard let salt = try? SecureRandom.bytes(Record.saltByteCount) else {
            preconditionFailure("The operating system's randomness failed: no record can be made safely.")
        }
        return salt
    }

    func unsealed(
        _ record: Record,
        caller: Caller,
        idempotency: IdempotencyClaim?
    ) -> UnsealedRegistration {
        let bytes = record.encoded()
        var unsealed = UnsealedRegistration(
            account: caller.account,
            record: bytes,
            entry: Entry(record: bytes).bytes
        )
        unsealed.digests = record.indexedDigests
        unsealed.digestProvenance = record.digestProvenance
        unsealed.fingerprints = record.indexedFingerprints
        unsealed.idempotency = idempotency
        return unsealed
    }

    /// Pictures are kept by the account's policy up to its limit; other files never are.
    private func keepOriginal(_ file: UploadedFile, isPicture: Bool, of caller: Caller) throws -> WrittenOriginal? {
        guard isPicture, let account = try store.account(caller.account), account.originalsPolicy == .always,
            file.sizeBytes <= account.originalsLimitBytes
        else { return nil }
        var writer = try store.originalWriter(for: caller.account)
        do {
            try file.forEachPiece { try writer.append($0) }
        } catch {
            try writer.discard()
            throw error
        }
        return try writer.finish()
    }

    // MARK: Sequencing

    private func sequence(
        _ unsealed: UnsealedRegistration,
        _ record: Record,
        indexed content: IndexedContent,
        earlier: [Match],
        for caller: Caller
    ) async throws -> Registration {
        let sealed = try store.sealing(unsealed)
        let submission = Sequencer.Submission(entry: .registration(sealed), content: content)
        let entry: SequencedEntry
        do {
            entry = try await sequenced(submission)
        } catch {
            // After a failed write the record may have survived and name its original: the sweep at the next start
            // knows.
            if (error as? NotaryError)?.code != .storeFailed { try discardOriginal(of: unsealed) }
            throw error
        }
        if case .replayed(let id) = entry.outcome {
            try discardOriginal(of: unsealed)
            return try replayed(id, for: caller)
        }
        let proof = try entry.inclusionProof() ?? inclusionProof(of: entry.position, in: entry.checkpoint.size)
        return Registration(
            id: sealed.id,
            position: entry.position,
            receivedAt: record.receivedAt,
            batchTime: UTCTime(milliseconds: entry.checkpoint.batchTime),
            record: unsealed.record,
            entry: unsealed.entry,
            checkpoint: entry.checkpoint.signed,
            proof: proof,
            isReplay: false,
            earlier: earlier,
            timestamps: [],
            witnessing: nil,
            hasWitnesses: witnesses != nil,
            anchors: anchors(awaitedSince: entry.checkpoint.batchTime),
            anchorQuorum: anchoring.quorum,
            demandedAuthorities: try store.demandedAuthorities(of: caller.account)
        )
    }

    private func sequenced(_ submission: Sequencer.Submission) async throws -> SequencedEntry {
        guard let entry = try await lanes.append([submission]).first else {
            preconditionFailure("The sequencer answers each submission.")
        }
        if case .conflicting = entry.outcome { throw Self.idempotencyConflict }
        return entry
    }

    /// Once the sequencer has answered that no new record names it.
    private func discardOriginal(of registration: UnsealedRegistration) throws {
        if let original = registration.original { try store.discard(original) }
    }

    func inclusionProof(of position: LogPosition, in size: TreeSize) throws -> InclusionProof {
        guard let lane = lanes[position.lane] else {
            throw NotaryError(.storeFailed, "The store has no lane \(position.lane.rawValue).")
        }
        return try lane.proofs.inclusionProof(of: position.index, in: size)
    }

    // MARK: Parents

    func checkParents(_ request: RegistrationRequest) throws {
        guard request.parents.count <= Record.parentLimit else {
            throw NotaryError(.invalidRequest, "A record follows at most \(Record.parentLimit) others.")
        }
        for parent in request.parents {
            guard let id = LeafHash(hex: parent), let position = try store.position(of: id), lanes.holds(position)
            else {
                throw NotaryError(
                    .unknownParent,
                    "There is no registration \(parent.prefix(64)) to follow in this log."
                )
            }
        }
    }
}
