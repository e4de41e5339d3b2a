import Anchoring
import Bytes
import Evidence
import EvidenceStore
public import MerkleLog

extension Notary {
    /// The evidence file of a registration of this caller's account, with every outsider's first anchor that covers it,
    /// or the newest promise of one; stamped now by the built-in authority if no authority has yet.
    ///
    /// - Returns: `nil` when the account has no such registration.
    /// - Throws: ``NotaryError``, with `.erased` for one that was erased.
    public func evidenceFile(
        of id: LeafHash,
        for caller: Caller,
        includingOriginal: Bool = false
    ) async throws -> [UInt8]? {
        try refuseErased(id)
        guard let stored = try store.record(id, for: caller.account), lanes.holds(stored.position) else {
            return nil
        }
        var timestamps = try storedTimestamps(covering: stored.position)
        if timestamps.isEmpty {
            try await topLog?.take()
            try await anchoring[Self.selfOperatedName]?.anchorNow()
            timestamps = try storedTimestamps(covering: stored.position)
        }
        let chosen = try chosen(timestamps, for: caller.account)
        let checkpoints = try checkpointEvidence(of: stored.position, timestamps: chosen)
        let file = try EvidenceFile(
            record: stored.bytes,
            checkpoints: checkpoints,
            trust: trustBundle,
            document: includingOriginal ? try original(of: stored, for: caller) : nil
        )
        counters.evidenceFiles.increment()
        return file.encoded()
    }

    /// The folders of the evidence file: one for each checkpoint that an outsider committed to, and the first that
    /// witnesses cosigned as the policy asks. With several lanes those are the top log's, and the folder of the lane's
    /// checkpoint that stands in it comes before them.
    private func checkpointEvidence(
        of position: LogPosition,
        timestamps: [StoredTimestamp]
    ) throws -> [CheckpointEvidence] {
        guard let outgoing = try outgoingPlace(of: position) else { return [] }
        var evidence: [CheckpointEvidence] = []
        if outgoing != position {
            let covering = TreeSize(position.index.value + 1)
            guard let lane = try store.laneCheckpoint(atOrAfter: covering, lane: position.lane) else { return [] }
            evidence.append(try checkpointEvidence(of: position, holds: .entry, size: lane.size, files: []))
        }
        let holds: CheckpointEvidence.Leaf = outgoing == position ? .entry : .laneCheckpoint
        var committed: [TreeSize: [AnchorFile]] = [:]
        for timestamp in timestamps {
            let file = AnchorFile(name: "\(timestamp.authority).tsr", bytes: timestamp.response)
            committed[timestamp.size, default: []].append(file)
        }
        for anchor in try storedAnchors(covering: position) {
            committed[anchor.size, default: []] += anchor.files.map { AnchorFile(name: $0.name, bytes: $0.bytes) }
        }
        let covering = TreeSize(outgoing.index.value + 1)
        if let size = try witnesses?.witnessedSize(covering: covering) { committed[size, default: []] += [] }
        return try evidence
            + committed.sorted { $0.key < $1.key }.map {
                try checkpointEvidence(of: outgoing, holds: holds, size: $0.key, files: $0.value)
            }
    }

    private func checkpointEvidence(
        of position: LogPosition,
        holds leaf: CheckpointEvidence.Leaf,
        size: TreeSize,
        files: [AnchorFile]
    ) throws -> CheckpointEvidence {
        guard let checkpoint = try store.checkpoint(ofSize: size, lane: position.lane) else {
            throw NotaryError(.storeFailed, "The store lacks the checkpoint of size \(size).")
        }
        return CheckpointEvidence(
            holds: leaf,
            signedCheckpoint: try SignedNote(parsing: checkpoint.signed),
            checkpoint: try SignedNote(parsing: store.cosigned(checkpoint, lane: position.lane)),
            index: position.index,
            proofHashes: try inclusionProof(of: position, in: size).hashes,
            anchors: files,
            renewedRecords: try renewedRecords(under: size, lane: position.lane)
        )
    }

    /// Evidence records over timestamps of one checkpoint that were renewed.
    private func renewedRecords(under size: TreeSize, lane: LaneID) throws -> [[UInt8]] {
        try store.timestamps(lane, size: size).compactMap { try store.renewedRecord(of: $0) }
    }

    private func original(of stored: StoredRecord, for caller: Caller) throws -> (ending: String, bytes: [UInt8]) {
        guard let reader = try store.original(of: stored.id, for: caller.account) else {
            throw NotaryError(
                .invalidRequest,
                "The original of this registration was not kept. Export without it, and add the file yourself."
            )
        }
        var bytes: [UInt8] = []
        for number in 0..<reader.chunkCount { bytes += try reader.chunk(number) }
        let mediaType = try Record(parsing: stored.bytes).file.mediaType
        return (Self.endings[mediaType ?? ""] ?? "bin", bytes)
    }

    private static let endings = [
        "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "image/tiff": "tif", "image/gif": "gif",
        "image/heic": "heic", "image/avif": "avif",
    ]
}
