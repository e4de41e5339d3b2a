/// One feature to be looked up under one word.
public struct Probe: Sendable, Equatable {
    public let word: UInt16
    public let signature: UInt64
    /// The caller's number of the feature.
    public let feature: UInt16

    public init(word: UInt16, signature: UInt64, feature: UInt16) {
        self.word = word
        self.signature = signature
        self.feature = feature
    }
}
