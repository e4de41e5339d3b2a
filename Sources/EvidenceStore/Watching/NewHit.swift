public import Bytes

/// Something found for a watch.
public struct NewHit: Sendable {
    /// Names what was found with what: a pair is kept once.
    public let pair: Digest256
    public let bytes: [UInt8]

    public init(pair: Digest256, bytes: [UInt8]) {
        self.pair = pair
        self.bytes = bytes
    }
}
