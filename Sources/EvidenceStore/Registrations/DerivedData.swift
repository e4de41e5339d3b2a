/// Bytes made of a document that show it, such as a picture's local features or a contract's text: kept sealed under
/// its record's key, and erased with it. They can be made again from the document, and nothing is proved by them.
public struct DerivedData: Sendable, Equatable {
    /// The algorithm's, which says how the bytes read.
    public let name: String
    public let bytes: [UInt8]

    public init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }
}
