/// What an ISCC unit is a code of: the first number of its header.
public enum ISCCMainType: Int, Sendable, Comparable {
    /// Title and description.
    case meta = 0
    /// What the content means; the standard names no algorithm for it yet.
    case semantic = 1
    /// What people read, see or hear: text, picture, sound, film.
    case content = 2
    /// The file's bytes, cut into pieces where the content says.
    case data = 3
    /// The file's bytes exactly.
    case instance = 4

    /// Of ``content``: which medium.
    public enum Medium: Int, Sendable {
        case text = 0
        case image = 1
        case audio = 2
        case video = 3
        case mixed = 4
    }

    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
