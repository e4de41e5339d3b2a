/// A feature of the registered picture and one of the picture looked for whose descriptors are alike.
struct FeaturePair: Sendable {
    /// Where it is in the registered picture.
    let registered: PlanePoint
    /// Where it is in the picture looked for, as that was read.
    let query: PlanePoint
    /// How many times larger it is in the picture looked for, both in parts of the longer side.
    let scale: Double
    /// By how much it is turned there, in 256ths of a turn.
    let turn: UInt8
    /// Pyramid levels it is apart, looked for minus registered.
    let levels: Int
    /// Differing bits of the descriptors.
    let distanceBits: Int
    let registeredIndex: Int
    let queryIndex: Int
}
