/// What is made of a picture that is looked for: more features than of a registered one, as it is and mirrored.
public struct QuerySketch: Sendable {
    /// The most features of each reading.
    public static let featureLimit = 1500

    /// How the picture was read before features were looked for.
    public enum Reading: UInt8, CaseIterable, Sendable {
        case plain
        /// The left edge comes to the right. Positions are those in the mirrored frame.
        case mirrored
        /// Dark for bright.
        case inverted
    }

    /// One for each reading that was asked for, all in frames of one size.
    public let readings: [Reading: LocalFeatures]
    /// The picture's luma as decoded, upright, not mirrored.
    public let luma: LumaPlane

    public init(readings: [Reading: LocalFeatures], luma: LumaPlane) {
        self.readings = readings
        self.luma = luma
    }
}
