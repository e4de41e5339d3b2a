import Bytes

/// A fingerprint that was set aside, since it is close to too many different pictures.
public struct Flood: Sendable, Equatable {
    /// 32 bytes.
    public let fingerprint: [UInt8]
    /// Milliseconds since 1970.
    public let first: Int64
    /// Milliseconds since 1970.
    public let last: Int64
    /// Searches that came upon it.
    public let searches: Int
    /// The most different pictures that one search found close to it.
    public let pictures: Int

    public init(fingerprint: [UInt8], first: Int64, last: Int64, searches: Int, pictures: Int) {
        self.fingerprint = fingerprint
        self.first = first
        self.last = last
        self.searches = searches
        self.pictures = pictures
    }
}

extension Flood {
    init(_ row: Row) throws(StoreError) {
        var value = ByteReader(row.value)
        guard let first = value.read(bigEndian: UInt64.self), let last = value.read(bigEndian: UInt64.self),
            let searches = value.read(bigEndian: UInt64.self), let pictures = value.read(bigEndian: UInt64.self),
            value.isAtEnd
        else { throw .malformedRow(in: .floods) }
        self.init(
            fingerprint: row.key,
            first: Int64(clamping: first),
            last: Int64(clamping: last),
            searches: Int(clamping: searches),
            pictures: Int(clamping: pictures)
        )
    }

    var row: [UInt8] {
        var row: [UInt8] = []
        for number in [first, last, Int64(searches), Int64(pictures)] {
            row.append(bigEndian: UInt64(clamping: number))
        }
        return row
    }
}
