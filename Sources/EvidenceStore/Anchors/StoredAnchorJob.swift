import Bytes
public import MerkleLog

/// One checkpoint's way to one outsider, as far as it is durable.
///
/// Value: format (1) ‖ state (1) ‖ attempts (4) ‖ failures (4) ‖ created (8) ‖ next attempt (8) ‖ deadline (8) ‖ prepared
/// ‖ whether there is one (1) ‖ the outsider's progress ‖ last failure; texts and bytes with their length (4) before them.
public struct StoredAnchorJob: Sendable, Equatable {
    /// What has become durable; nothing of a later step was done before it is.
    public enum State: UInt8, Sendable, CaseIterable {
        /// Chosen: nothing was made or sent.
        case intended = 1
        /// The exact bytes to send are here.
        case prepared
        /// They may have been sent, as often as ``StoredAnchorJob/attempts`` says.
        case submitted
        /// The outsider has confirmed, and its files are in the store.
        case finished
    }

    public let lane: LaneID
    /// Configured name: 1 to 255 bytes of UTF-8.
    public let outsider: String
    /// Of the checkpoint.
    public let size: TreeSize
    public var state: State
    /// How often ``prepared`` may have gone out.
    public var attempts: UInt32
    /// Failures in a row.
    public var failures: UInt32
    /// Our clock when the job was made, in milliseconds since 1970.
    public let created: Int64
    /// Not to be worked on before, in milliseconds since 1970.
    public var nextAttempt: Int64
    /// When the oldest entry that waits for this anchor was promised it, in milliseconds since 1970.
    public let deadline: Int64
    /// What goes out, byte for byte; empty before it is made and after the end.
    public var prepared: [UInt8]
    /// The outsider's adapter's own; `nil` until it was sent.
    public var progress: [UInt8]?
    /// A sentence for the operator; `nil` when the last step went well.
    public var lastFailure: String?

    public init(
        lane: LaneID,
        outsider: String,
        size: TreeSize,
        created: Int64,
        deadline: Int64
    ) {
        self.lane = lane
        self.outsider = outsider
        self.size = size
        self.created = created
        self.deadline = deadline
        state = .intended
        attempts = 0
        failures = 0
        nextAttempt = created
        prepared = []
    }
}

extension StoredAnchorJob {
    private static let format: UInt8 = 1

    init(_ row: Row) throws(StoreError) {
        guard let (lane, outsider, size) = AnchorKey.parts(row.key) else { throw .malformedRow(in: .anchorJobs) }
        var value = ByteReader(row.value)
        guard value.read(bigEndian: UInt8.self) == Self.format,
            let state = value.read(bigEndian: UInt8.self).flatMap(State.init),
            let attempts = value.read(bigEndian: UInt32.self), let failures = value.read(bigEndian: UInt32.self),
            let created = value.read(bigEndian: UInt64.self), let nextAttempt = value.read(bigEndian: UInt64.self),
            let deadline = value.read(bigEndian: UInt64.self), let prepared = AnchorKey.readBytes(&value),
            let hasProgress = value.read(bigEndian: UInt8.self), hasProgress <= 1,
            let progress = AnchorKey.readBytes(&value), hasProgress == 1 || progress.isEmpty,
            let failure = AnchorKey.readBytes(&value), let sentence = String(validating: failure, as: UTF8.self),
            value.isAtEnd
        else { throw .malformedRow(in: .anchorJobs) }
        self.init(
            lane: lane,
            outsider: outsider,
            size: size,
            created: Int64(bitPattern: created),
            deadline: Int64(bitPattern: deadline)
        )
        self.state = state
        self.attempts = attempts
        self.failures = failures
        self.nextAttempt = Int64(bitPattern: nextAttempt)
        self.prepared = prepared
        self.progress = hasProgress == 1 ? progress : nil
        lastFailure = sentence.isEmpty ? nil : sentence
    }

    var key: [UInt8] { Keys.anchor(lane, outsider, size) }

    var row: [UInt8] {
        var row = [Self.format, state.rawValue]
        row.append(bigEndian: attempts)
        row.append(bigEndian: failures)
        for time in [created, nextAttempt, deadline] { row.append(bigEndian: UInt64(bitPattern: time)) }
        AnchorKey.append(prepared, to: &row)
        row.append(progress == nil ? 0 : 1)
        AnchorKey.append(progress ?? [], to: &row)
        AnchorKey.append(Array((lastFailure ?? "").utf8), to: &row)
        return row
    }
}
