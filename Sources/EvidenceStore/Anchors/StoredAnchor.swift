import Bytes
public import MerkleLog

/// What one outsider gave over one checkpoint, as files of an evidence file.
///
/// Value: format (1) ‖ complete 1, self-operated 2 (1) ‖ obtained (8) ‖ for each file its name and its bytes, each with its length (4).
public struct StoredAnchor: Sendable, Equatable {
    /// A member of an evidence file's `anchors/` folder.
    public struct File: Sendable, Equatable {
        public let name: String
        public let bytes: [UInt8]

        public init(name: String, bytes: [UInt8]) {
            self.name = name
            self.bytes = bytes
        }
    }

    public let lane: LaneID
    /// Configured name: 1 to 255 bytes of UTF-8.
    public let outsider: String
    /// Of the checkpoint.
    public let size: TreeSize
    /// Whether the outsider has confirmed; a promise otherwise.
    public let isComplete: Bool
    /// Whether the log's own operator ran the outsider then.
    public let isSelfOperated: Bool
    /// Our clock when it came, in milliseconds since 1970.
    public let obtained: Int64
    public let files: [File]

    public init(
        lane: LaneID,
        outsider: String,
        size: TreeSize,
        isComplete: Bool,
        isSelfOperated: Bool,
        obtained: Int64,
        files: [File]
    ) {
        self.lane = lane
        self.outsider = outsider
        self.size = size
        self.isComplete = isComplete
        self.isSelfOperated = isSelfOperated
        self.obtained = obtained
        self.files = files
    }
}

extension StoredAnchor {
    private static let format: UInt8 = 1

    init(_ row: Row) throws(StoreError) {
        guard let (lane, outsider, size) = AnchorKey.parts(row.key) else { throw .malformedRow(in: .anchors) }
        var value = ByteReader(row.value)
        guard value.read(bigEndian: UInt8.self) == Self.format, let flags = value.read(bigEndian: UInt8.self),
            flags <= 3, let obtained = value.read(bigEndian: UInt64.self)
        else { throw .malformedRow(in: .anchors) }
        var files: [File] = []
        while !value.isAtEnd {
            guard let name = AnchorKey.readBytes(&value).flatMap({ String(validating: $0, as: UTF8.self) }),
                let bytes = AnchorKey.readBytes(&value)
            else { throw .malformedRow(in: .anchors) }
            files.append(File(name: name, bytes: bytes))
        }
        self.init(
            lane: lane,
            outsider: outsider,
            size: size,
            isComplete: flags & 1 != 0,
            isSelfOperated: flags & 2 != 0,
            obtained: Int64(bitPattern: obtained),
            files: files
        )
    }

    var key: [UInt8] { Keys.anchor(lane, outsider, size) }

    var row: [UInt8] {
        var row: [UInt8] = [Self.format, (isComplete ? 1 : 0) | (isSelfOperated ? 2 : 0)]
        row.append(bigEndian: UInt64(bitPattern: obtained))
        for file in files {
            AnchorKey.append(Array(file.name.utf8), to: &row)
            AnchorKey.append(file.bytes, to: &row)
        }
        return row
    }
}
