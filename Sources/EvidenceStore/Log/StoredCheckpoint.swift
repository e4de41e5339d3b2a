import Bytes
public import MerkleLog

/// A checkpoint as signed by the log itself, without cosignatures.
public struct StoredCheckpoint: Sendable, Equatable {
    public let size: TreeSize
    /// Note text and the log's own signature line, byte for byte.
    public let signed: [UInt8]
    /// Our clock when the batch was made, in milliseconds since 1970.
    public let batchTime: Int64

    public init(size: TreeSize, signed: [UInt8], batchTime: Int64) {
        self.size = size
        self.signed = signed
        self.batchTime = batchTime
    }
}

extension StoredCheckpoint {
    init(_ row: Row) throws(StoreError) {
        var value = ByteReader(row.value)
        guard let position = LogPosition(endOf: row.key), let time = value.read(bigEndian: UInt64.self) else {
            throw .malformedRow(in: .checkpoints)
        }
        self.init(
            size: TreeSize(position.index.value),
            signed: Array(row.value.dropFirst(8)),
            batchTime: Int64(bitPattern: time)
        )
    }

    var row: [UInt8] {
        var row: [UInt8] = []
        row.append(bigEndian: UInt64(bitPattern: batchTime))
        return row + signed
    }
}
