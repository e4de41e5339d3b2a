import Bytes
import EvidenceStore
import MerkleLog
import OpenSSL
import Synchronization

/// The logs of this notary: one lane on one machine; or several, and a top log over their checkpoints.
///
/// Every lane is a log of its own, with its own origin, key and guard. Outsiders commit to one of them: the only lane,
/// or the top log, whose entries are the lanes' signed checkpoints.
final class Lanes: Sendable {
    /// The lanes that take registrations, in order of their ids.
    let registering: [Lane]
    /// `nil` with one lane.
    let top: Lane?
    private let byID: [LaneID: Lane]
    private let turn = Atomic<Int>(0)
    private let ended: Mutex<LogNotice?>

    /// - Precondition: There is a lane, and a top log exactly if there are several.
    ///
    /// - Parameter end: What the last entry of the log that outsiders see says, if the log has ended.
    init(_ lanes: [Lane], end: LogNotice?) {
        ended = Mutex(end)
        top = lanes.first { $0.id == .top }
        registering = lanes.filter { $0.id != .top }
        byID = Dictionary(uniqueKeysWithValues: lanes.map { ($0.id, $0) })
        precondition(!registering.isEmpty && (top != nil) == (registering.count > 1), "Several lanes have a top log.")
    }

    var all: [Lane] { registering + (top.map { [$0] } ?? []) }

    /// The log whose checkpoints go to outsiders.
    var outgoing: Lane { top ?? registering[0] }

    subscript(id: LaneID) -> Lane? { byID[id] }

    /// Whether the entry at this place may be shown to anyone.
    func holds(_ position: LogPosition) -> Bool { byID[position.lane]?.published.holds(position) ?? false }

    /// Registrations in all lanes together that may be shown.
    var size: UInt64 { registering.reduce(0) { $0 + $1.published.current.size.value } }

    /// How the log ended, if it did.
    var end: LogNotice? { ended.withLock { $0 } }

    func set(end notice: LogNotice) { ended.withLock { $0 = notice } }

    /// Why registrations are refused, one sentence for each reason.
    var refusals: [String] {
        get async {
            var sentences: [String] = []
            for lane in all {
                guard let sentence = await lane.sequencer.refusal?.message, !sentences.contains(sentence) else {
                    continue
                }
                sentences.append(sentence)
            }
            return sentences
        }
    }

    /// Sequences registrations, each group in order.
    ///
    /// A repeated idempotency key goes to the lane where it was first: no write spans lanes, so only there can the
    /// repetition be seen in the step that writes. Registrations without a key are dealt out in turn.
    ///
    /// - Returns: One entry for each, in their order.
    /// - Throws: What ``Sequencer/append(_:)`` throws; with several lanes, some of the registrations may then be made.
    func append(_ submissions: [Sequencer.Submission]) async throws -> [SequencedEntry] {
        guard registering.count > 1 else { return try await registering[0].sequencer.append(submissions) }
        var groups: [Int: [Int]] = [:]
        for (offset, submission) in submissions.enumerated() {
            groups[lane(for: submission), default: []].append(offset)
        }
        return try await withThrowingTaskGroup(of: [(Int, SequencedEntry)].self) { tasks in
            for (lane, offsets) in groups {
                tasks.addTask {
                    let entries = try await self.registering[lane].sequencer.append(offsets.map { submissions[$0] })
                    return Array(zip(offsets, entries))
                }
            }
            var entries: [(Int, SequencedEntry)] = []
            for try await group in tasks { entries += group }
            return entries.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    private func lane(for submission: Sequencer.Submission) -> Int {
        guard let registration = submission.entry.registration, let claim = registration.idempotency else {
            return turn.add(1, ordering: .relaxed).newValue % registering.count
        }
        var facts: [UInt8] = []
        facts.append(bigEndian: registration.account.rawValue)
        return Int(SHA256.digest(of: facts + claim.key.utf8).bytes[0]) % registering.count
    }
}
