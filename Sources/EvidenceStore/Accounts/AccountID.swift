import Bytes

/// Whose a row is.
public struct AccountID: Hashable, Sendable, Comparable, CustomStringConvertible {
    public let rawValue: UInt32

    public init(_ rawValue: UInt32) { self.rawValue = rawValue }

    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    public var description: String { String(rawValue) }
}

extension AccountID {
    init?(_ reader: inout ByteReader) {
        guard let rawValue = reader.read(bigEndian: UInt32.self) else { return nil }
        self.init(rawValue)
    }

    /// From four bytes and nothing else.
    init?(_ bytes: [UInt8]) {
        var reader = ByteReader(bytes)
        self.init(&reader)
        guard reader.isAtEnd else { return nil }
    }
}
