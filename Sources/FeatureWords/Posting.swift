/// One feature of one picture, as it is filed under its word.
public struct Posting: Sendable, Equatable {
    public let word: UInt16
    public let signature: UInt64
    /// Where and how it lies in its picture: the caller's packing.
    public let place: UInt32

    public init(word: UInt16, signature: UInt64, place: UInt32) {
        self.word = word
        self.signature = signature
        self.place = place
    }
}
