import Fingerprints

/// Where a registered feature lies, packed in 32 bits: 10 each for x and y, 4 for the level, 8 for the angle.
struct FeaturePlace: Equatable {
    /// Steps of x and y: two pixels of the frame. What lies further than 2,046 pixels off is put there; frames of
    /// registered pictures have 640.
    static let pixelsPerStep = 2
    private static let positionLimit: UInt32 = 0x3FF
    private static let levelLimit: UInt32 = 0xF

    let packed: UInt32

    init(packed: UInt32) { self.packed = packed }

    init(_ feature: LocalFeature) {
        let step = UInt32(LocalFeature.stepsPerPixel * Self.pixelsPerStep)
        let x = min((UInt32(feature.x) + step / 2) / step, Self.positionLimit)
        let y = min((UInt32(feature.y) + step / 2) / step, Self.positionLimit)
        let level = min(UInt32(feature.level), Self.levelLimit)
        packed = x << 22 | y << 12 | level << 8 | UInt32(feature.angle)
    }

    /// In pixels of the frame.
    var x: Float { Float(packed >> 22) * Float(Self.pixelsPerStep) }
    /// In pixels of the frame.
    var y: Float { Float(packed >> 12 & Self.positionLimit) * Float(Self.pixelsPerStep) }
    var level: Int { Int(packed >> 8 & Self.levelLimit) }
    var angle: UInt8 { UInt8(truncatingIfNeeded: packed) }
}
