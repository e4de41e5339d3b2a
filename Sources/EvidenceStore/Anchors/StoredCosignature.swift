import Bytes
public import MerkleLog

/// A witness's line under one checkpoint, kept as it came and checked before.
public struct StoredCosignature: Sendable, Equatable {
    public let lane: LaneID
    /// Of the checkpoint.
    public let size: TreeSize
    /// Names the witness's key.
    public let line: NoteSignature

    public init(lane: LaneID, size: TreeSize, line: NoteSignature) {
        self.lane = lane
        self.size = size
        self.line = line
    }
}

extension StoredCosignature {
    init(_ row: Row) throws(StoreError) {
        var key = ByteReader(row.key)
        guard let lane = key.read(bigEndian: UInt16.self), let size = key.read(bigEndian: UInt64.self),
            let keyID = key.read(bigEndian: UInt32.self), key.isAtEnd,
            let text = String(validating: row.value, as: UTF8.self), let line = try? NoteSignature(parsing: text),
            line.keyID == keyID
        else { throw .malformedRow(in: .cosignatures) }
        self.init(lane: LaneID(lane), size: TreeSize(size), line: line)
    }
}
