/// A colour of the canvas, 0 to 255 each.
struct Colour: Equatable {
    let red: UInt8
    let green: UInt8
    let blue: UInt8

    static let paper = Colour(red: 250, green: 249, blue: 246)
    /// Where a picture of the two has nothing.
    static let nothing = Colour(red: 226, green: 225, blue: 221)
    static let ink = Colour(red: 34, green: 34, blue: 38)
    static let faint = Colour(red: 110, green: 110, blue: 116)
    static let white = Colour(red: 255, green: 255, blue: 255)
    /// Around what matches. Blue and red are told apart by nearly everyone.
    static let matching = Colour(red: 0, green: 106, blue: 214)
    /// Over what differs.
    static let differing = Colour(red: 226, green: 28, blue: 42)
}
