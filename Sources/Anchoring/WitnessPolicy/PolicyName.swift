/// What a policy calls a witness or a group: bytes, compared as bytes, whatever they may spell.
public struct PolicyName: Hashable, Sendable, CustomStringConvertible {
    /// Stands for no witness at all, in a quorum only.
    public static let none = Self(Array("none".utf8))

    public let bytes: [UInt8]

    public init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// For people; bytes that are no UTF-8 are replaced.
    public var description: String { String(decoding: bytes, as: UTF8.self) }
}
