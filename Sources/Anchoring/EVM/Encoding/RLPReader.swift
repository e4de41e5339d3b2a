extension RLP {
    /// Reads exactly one value that takes up all of `bytes`.
    ///
    /// - Throws: ``EVMError`` with code `.malformedRLP` for a length that is not minimal, a single byte with a prefix,
    ///   or bytes left over; `.tooLarge` past the reader's limits.
    public init(_ bytes: [UInt8]) throws(EVMError) {
        var reader = try RLPReader(bytes)
        self = try reader.value(depth: 0)
        guard reader.isAtEnd else { throw EVMError(.malformedRLP, "There are bytes after the RLP value.") }
    }
}

/// Walks untrusted RLP.
struct RLPReader {
    /// First bytes: below the first they stand for themselves, then come strings, then lists.
    static let shortString: UInt8 = 0x80
    static let shortList: UInt8 = 0xC0
    /// Lengths up to this stand in the first byte.
    static let shortLimit = 55

    /// A block's largest transaction is below the 10 MiB that clients take; a header has 600 bytes.
    static let byteLimit = 16 << 20
    /// Lists in lists: a transaction's access list goes 4 deep.
    static let depthLimit = 16
    /// Values of all depths: an access list with 10 MiB of keys has fewer.
    static let itemLimit = 1 << 19

    private let bytes: [UInt8]
    private var position = 0
    private var itemCount = 0

    init(_ bytes: [UInt8]) throws(EVMError) {
        guard bytes.count <= Self.byteLimit else {
            throw EVMError(.tooLarge, "\(bytes.count) bytes of RLP are over the limit of \(Self.byteLimit).")
        }
        self.bytes = bytes
    }

    var isAtEnd: Bool { position == bytes.count }

    mutating func value(depth: Int) throws(EVMError) -> RLP {
        itemCount += 1
        guard depth <= Self.depthLimit, itemCount <= Self.itemLimit else {
            throw EVMError(.tooLarge, "RLP nests deeper than \(Self.depthLimit) or has too many values.")
        }
        let first = try take(1)[0]
        if first < Self.shortString { return .bytes([first]) }
        if first < Self.shortList {
            let content = try take(length(first - Self.shortString))
            guard content.count != 1 || content[0] >= Self.shortString else {
                throw EVMError(.malformedRLP, "A byte that stands for itself has a length before it.")
            }
            return .bytes(content)
        }
        let count = try length(first - Self.shortList)
        guard count <= bytes.count - position else {
            throw EVMError(.malformedRLP, "An RLP list is longer than the bytes that are there.")
        }
        let end = position + count
        var items: [RLP] = []
        while position < end { items.append(try value(depth: depth + 1)) }
        guard position == end else { throw EVMError(.malformedRLP, "A value reaches past the end of its list.") }
        return .list(items)
    }

    /// The length that a first byte announces, by itself or by the bytes after it.
    private mutating func length(_ announced: UInt8) throws(EVMError) -> Int {
        if announced <= Self.shortLimit { return Int(announced) }
        let digits = try take(Int(announced) - Self.shortLimit)
        guard digits.count <= 4, digits[0] != 0 else {
            throw EVMError(.malformedRLP, "An RLP length has leading zeros or is past all limits.")
        }
        let length = digits.reduce(0) { $0 << 8 | Int($1) }
        guard length > Self.shortLimit else {
            throw EVMError(.malformedRLP, "A short RLP length is written in the long form.")
        }
        return length
    }

    private mutating func take(_ count: Int) throws(EVMError) -> [UInt8] {
        guard count <= bytes.count - position else { throw EVMError(.malformedRLP, "RLP ends in the middle.") }
        defer { position += count }
        return Array(bytes[position..<position + count])
    }
}
