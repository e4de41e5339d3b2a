public import Evidence
public import MerkleLog
import EvidenceStore
import Logging
import Synchronization

extension Notary {
    /// Changes the key of a log. The new key is announced by an entry of the log, under a checkpoint that the old key
    /// signs; from the next checkpoint on the new one signs, and the old one's private half is gone.
    ///
    /// What the old key signed stays good, and the trust bundle names both.
    ///
    /// - Parameter origin: Of the log; `nil` for the one that outsiders see.
    /// - Returns: The new key.
    /// - Throws: ``NotaryError`` with `.invalidRequest` for a log that is not ours, `.logFrozen`, or what
    ///   ``Sequencer/append(_:)`` throws.
    public func rotateLogKey(of origin: String? = nil) async throws -> VerifierKey {
        let origin = origin ?? self.origin
        guard let lane = lanes.all.first(where: { $0.origin == origin }), let former = keyBook.keys(of: origin) else {
            throw NotaryError(
                .invalidRequest,
                "There is no log \(origin.prefix(200)) here, only \(lanes.all.map(\.origin).joined(separator: ", "))."
            )
        }
        return try await alone {
            try await rotate(lane, former)
        }
    }

    private func rotate(_ lane: Lane, _ former: LogKeys) async throws -> VerifierKey {
        let origin = lane.origin
        try refuseFrozen()
        // After a failed write the announcement may be durable: its key's only copy must not be written over.
        if let refusal = await lane.sequencer.refusal { throw refusal }
        try KeyRing.finishChange(to: former.current, in: configuration.resolvedKeysFolder)
        let next = try SignerKey.generate(name: origin)
        // A crash before the announcement is durable leaves a file that the next change writes over.
        try KeyRing.writeNext(next, in: configuration.resolvedKeysFolder)
        // A crash before this line leaves the old key in force; after it, the next start finishes the change.
        let entry = try await lane.sequencer.change(
            to: next,
            saying: LogNotice.key(next.verifierKey),
            first: former.periods.count == 1 ? former.current : nil
        )
        keyBook.change(origin, to: next, from: TreeSize(entry.checkpoint.size.value + 1))
        try KeyRing.promoteNext(of: origin, in: configuration.resolvedKeysFolder)
        logger.notice("the log has a new key", metadata: ["origin": "\(origin)", "key": "\(next.verifierKey.text)"])
        return next.verifierKey
    }

    /// One change of the log's key or end at a time: two would announce one key and keep the other.
    ///
    /// - Throws: ``NotaryError`` with `.busy` while there is another, or what `change` throws.
    func alone<Result>(_ change: () async throws -> Result) async throws -> Result {
        let isFree = isChanging.compareExchange(expected: false, desired: true, ordering: .acquiringAndReleasing)
            .exchanged
        guard isFree else {
            throw NotaryError(.busy, "Another change of the log's keys or its end is under way. Try again in a second.")
        }
        defer { isChanging.store(false, ordering: .releasing) }
        return try await change()
    }

    /// Every key of every log, the log that outsiders see first, and from which size of the tree on each signs.
    public var logKeys: JSONValue {
        let keys = ([lanes.outgoing] + lanes.all.filter { $0.id != lanes.outgoing.id }).flatMap { lane in
            (keyBook.keys(of: lane.origin)?.periods ?? []).map { period -> JSONValue in
                [
                    "log": .string(lane.origin), "key": .string(period.key.text),
                    "fromSize": .integer(period.firstSize.value),
                    "signs": .bool(period.key == keyBook.keys(of: lane.origin)?.current),
                ]
            }
        }
        return ["keys": .array(keys)]
    }
}
