import Bytes
import EvidenceStore
public import Evidence
import MerkleLog

extension Notary {
    /// More notices than a log will ever have.
    private static let noticeLimit = 10_000

    /// What the logs say about themselves, each entry as ``publicEntry(_:)`` shows it, with its `log`: changes of keys,
    /// what went before, and the end. A checkpoint beside a change of key is signed by the key before.
    public func notices() throws -> JSONValue {
        var notices: [JSONValue] = []
        for log in logs {
            let places = try store.notices(of: log.lane.id, from: LeafIndex(0), limit: Self.noticeLimit)
            for place in places where lanes.holds(place) {
                guard let bytes = try store.entry(at: place),
                    var members = try publicEntry(LeafHash(entry: bytes))?.objectValue
                else { continue }
                members["log"] = .string(log.origin)
                notices.append(.object(members))
            }
        }
        return ["notices": .array(notices)]
    }

    /// Ends the log: an entry says that nothing follows, and registrations are refused from then on. Reading, evidence
    /// files, timestamps and cosignatures go on. Done before: nothing.
    ///
    /// - Parameter next: Origin of the log that goes on.
    /// - Returns: The entry, as ``publicEntry(_:)`` shows it.
    /// - Throws: ``NotaryError`` with `.invalidOrigin`, `.logFrozen` when it ended with another word, or what
    ///   ``Sequencer/append(_:)`` throws.
    public func freeze(next: String?) async throws -> JSONValue {
        if let next { try Self.checkOrigin(next) }
        let notice = LogNotice.end(next: next)
        try await alone {
            if let end = lanes.end {
                guard end == notice else { throw NotaryError.frozen(end) }
            } else if lanes.top == nil {
                try await lanes.outgoing.sequencer.finish(saying: notice)
            } else {
                try await endLanes(saying: notice)
            }
            lanes.set(end: notice)
        }
        guard let entry = try publicEntry(LeafHash(entry: notice.bytes)) else {
            throw NotaryError(.storeFailed, "The log's last entry is not there.")
        }
        return entry
    }

    /// Where the log ended, if it did.
    func refuseFrozen() throws {
        if let end = lanes.end { throw NotaryError.frozen(end) }
    }

    /// First no lane takes more, then the top log takes their last checkpoints, and then it ends. A crash before its end
    /// is durable leaves the log as it was.
    private func endLanes(saying notice: LogNotice) async throws {
        for lane in lanes.registering { await lane.sequencer.pause(as: notice) }
        do {
            try await topLog?.take()
            try await lanes.outgoing.sequencer.finish(saying: notice)
        } catch {
            // After a failed write the end may be durable: what the lanes took then would never reach the top log.
            if await lanes.outgoing.sequencer.hasFailed { throw error }
            for lane in lanes.registering { await lane.sequencer.pause(as: nil) }
            throw error
        }
    }
}

extension NotaryError {
    static func frozen(_ end: LogNotice) -> NotaryError {
        guard case .end(let next?) = end else {
            return NotaryError(.logFrozen, "This log has ended and takes no registrations.")
        }
        return NotaryError(
            .logFrozen,
            "This log has ended and takes no registrations. The log that goes on is \(next)."
        )
    }
}
