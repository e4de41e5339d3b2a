import Bytes

/// What the chaincode is called with, and what it writes: `tools/fabric/chaincode`.
public struct FabricCall: Sendable, Equatable {
    /// The chaincode's function.
    public static let function = "anchor"

    /// In this order: function, origin, size in decimal digits, root and SHA-256 of `checkpoint.signed` as 64 hex
    /// digits.
    public let arguments: [[UInt8]]
    /// The value that the chaincode stores, under a key that it makes of the caller's organization and the arguments:
    /// a line with its format's name, then the arguments after the function, a line each.
    public let value: [UInt8]

    public init(_ checkpoint: OutgoingCheckpoint) {
        let words = [
            checkpoint.origin, String(checkpoint.size), Hex.encode(checkpoint.root.bytes),
            Hex.encode(checkpoint.signedDigest.bytes),
        ]
        arguments = ([Self.function] + words).map { Array($0.utf8) }
        value = Array((["cinnabar-anchor-1"] + words).map { $0 + "\n" }.joined().utf8)
    }
}
