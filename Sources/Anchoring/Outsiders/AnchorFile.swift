/// A member under a checkpoint's `anchors/` folder in an evidence file.
public struct AnchorFile: Sendable, Equatable {
    /// The outsider's name and the ending of its kind: `example.tsr`, `bitcoin.ots`.
    public let name: String
    public let bytes: [UInt8]

    public init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }
}
