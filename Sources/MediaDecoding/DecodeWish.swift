import Fingerprints

/// What is wanted of a picture besides its luma plane.
public struct DecodeWish: OptionSet, Sendable, Equatable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Nothing: enough for PDQ.
    public static let plane: Self = []
    /// What is kept of a registered picture: ``DecodedPicture/sketch``.
    public static let registration = Self(rawValue: 1)
    /// What is made of a picture that is looked for: ``DecodedPicture/query``.
    public static let query = Self(rawValue: 2)

    private static let all: Self = [.registration, .query]

    /// - Returns: `nil` when the number names a wish that there is none of.
    init?(number: Int) {
        guard let rawValue = UInt8(exactly: number), Self(rawValue: rawValue).isSubset(of: Self.all) else { return nil }
        self.init(rawValue: rawValue)
    }

    /// The most bytes that an answer holds after the plane: a sketch and its length, and all readings.
    package static let answerBytes = 4 + PictureSketch.byteLimit + readingBytes
    private static let readingBytes =
        QuerySketch.Reading.allCases.count * LocalFeatures.byteCount(QuerySketch.featureLimit)
}
