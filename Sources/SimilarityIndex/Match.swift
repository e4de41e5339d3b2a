public import Fingerprints

/// An indexed picture that is close to the one looked for.
public struct Match: Equatable, Sendable {
    public let key: EntryKey
    /// Differing bits, 0 to 256, in the best orientation.
    public let distanceBits: Int
    /// How the picture looked for has to be turned to come this close; the first of ``Orientation/allCases`` on a tie.
    public let orientation: Orientation

    public init(key: EntryKey, distanceBits: Int, orientation: Orientation) {
        self.key = key
        self.distanceBits = distanceBits
        self.orientation = orientation
    }
}

extension Match: Comparable {
    /// Closest first, then in log order.
    public static func < (left: Self, right: Self) -> Bool {
        (left.distanceBits, left.key) < (right.distanceBits, right.key)
    }
}
