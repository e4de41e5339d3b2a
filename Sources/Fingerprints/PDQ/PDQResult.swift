/// What PDQ says about one picture, in all eight orientations.
public struct PDQResult: Sendable {
    /// 0 (flat) to 100. Below ``PDQFingerprint/indexedQualityMinimum``, do not match on the fingerprints.
    public let quality: Int

    /// Eight, in the order of ``Orientation/allCases``: the picture as it is, and as it would be when turned or
    /// mirrored.
    public let orientations: [PDQFingerprint]

    /// The 16 × 16 frequencies before the median cut, row-major: for checking a port stage by stage.
    let transform: [Float]

    init(quality: Int, orientations: [PDQFingerprint], transform: [Float]) {
        self.quality = quality
        self.orientations = orientations
        self.transform = transform
    }

    /// As it was kept: the frequencies are not.
    ///
    /// - Parameter orientations: Eight.
    package init(quality: Int, orientations: [PDQFingerprint]) {
        precondition(orientations.count == Orientation.allCases.count, "One fingerprint for each orientation.")
        self.init(quality: quality, orientations: orientations, transform: [])
    }

    /// The fingerprint of the picture as it is: the one that is recorded and indexed.
    public var fingerprint: PDQFingerprint { self[.original] }

    /// The fingerprint the picture would have after being turned or mirrored so.
    public subscript(orientation: Orientation) -> PDQFingerprint { orientations[orientation.position] }

    /// Whether the picture has enough detail for its fingerprint to be indexed and looked up.
    public var isIndexable: Bool { quality >= PDQFingerprint.indexedQualityMinimum }
}
