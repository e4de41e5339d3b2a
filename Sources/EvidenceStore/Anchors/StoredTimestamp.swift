import Bytes
public import MerkleLog

/// A timestamp authority's response over one checkpoint, kept as it came.
public struct StoredTimestamp: Sendable, Equatable {
    public let lane: LaneID
    /// Of the checkpoint.
    public let size: TreeSize
    /// Configured name of the authority: 1 to 255 bytes of UTF-8.
    public let authority: String
    /// Our clock when the response came, in milliseconds since 1970.
    public let obtained: Int64
    /// Digest of the checkpoint's signed bytes that the token commits to; at most 255 bytes.
    public let imprint: [UInt8]
    /// The whole RFC 3161 response in DER.
    public let response: [UInt8]

    public init(
        lane: LaneID,
        size: TreeSize,
        authority: String,
        obtained: Int64,
        imprint: [UInt8],
        response: [UInt8]
    ) {
        self.lane = lane
        self.size = size
        self.authority = authority
        self.obtained = obtained
        self.imprint = imprint
        self.response = response
    }
}

extension StoredTimestamp {
    init(_ row: Row) throws(StoreError) {
        var key = ByteReader(row.key)
        var value = ByteReader(row.value)
        guard let lane = key.read(bigEndian: UInt16.self),
            let name = key.read(bigEndian: UInt8.self).flatMap({ key.read(Int($0)) }),
            let size = key.read(bigEndian: UInt64.self), let obtained = key.read(bigEndian: UInt64.self), key.isAtEnd,
            let imprint = value.read(bigEndian: UInt8.self).flatMap({ value.read(Int($0)) })
        else { throw .malformedRow(in: .timestamps) }
        self.init(
            lane: LaneID(lane),
            size: TreeSize(size),
            authority: String(decoding: name, as: UTF8.self),
            obtained: Int64(bitPattern: obtained),
            imprint: Array(imprint),
            response: Array(row.value.suffix(value.remainingCount))
        )
    }

    var key: [UInt8] {
        var key = Keys.timestamps(lane, authority)
        key.append(bigEndian: size.value)
        key.append(bigEndian: UInt64(bitPattern: obtained))
        return key
    }

    var row: [UInt8] { [UInt8(imprint.count)] + imprint + response }
}
