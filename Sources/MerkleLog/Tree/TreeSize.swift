/// How many leaves a tree has.
public struct TreeSize: Hashable, Sendable, Comparable, CustomStringConvertible {
    public static let empty = Self(0)

    public let value: UInt64

    public init(_ value: UInt64) { self.value = value }

    /// A size as C2SP formats write it: decimal digits, no sign, no zero in front. `nil` for anything else.
    public init?(parsing text: some StringProtocol) {
        guard let value = Decimal.parse(text) else { return nil }
        self.value = value
    }

    public func contains(_ index: LeafIndex) -> Bool { index.value < value }

    public static func < (left: Self, right: Self) -> Bool { left.value < right.value }
    public var description: String { String(value) }
}
