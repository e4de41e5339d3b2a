/// One feature of the picture looked for that is like one of a registered picture.
struct Vote {
    /// The number of the feature looked for.
    let feature: UInt16
    /// The registered picture's feature.
    let place: UInt32
    /// In pixels of the frame looked for.
    let queryX: Float
    let queryY: Float
    /// In pixels of the registered frame.
    let registeredX: Float
    let registeredY: Float
    let queryLevel: Int
    /// Levels from the one looked for to the registered one: the change of scale.
    let levelStep: Int
    /// 256ths of a turn from the one looked for to the registered one.
    let turn: UInt8
    let weight: Float
}
