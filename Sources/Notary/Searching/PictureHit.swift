import EvidenceStore
import Fingerprints
import SimilarityIndex

/// A picture that a look-up came upon, and what geometry and pixels say of it. Whose it is, is another's question.
struct PictureHit: Sendable {
    let position: LogPosition
    /// PDQ's, if it is near or if it adds to what geometry confirmed.
    var distanceBits: Int?
    var orientation: Orientation?
    var isSamePixels = false
    var geometry = Match.Geometry.notLooked

    /// What is confirmed comes first, the surest before the others; then what nobody has looked at, by its distance;
    /// then what geometry could not confirm. Earlier registrations come first among equals.
    static func isBetter(_ left: Self, _ right: Self) -> Bool {
        let (first, second) = (left.order, right.order)
        return first == second ? left.position < right.position : first < second
    }

    private var order: (rank: Int, doubt: Double) {
        switch geometry {
        case .confirmed(let verdict): (isSamePixels ? 0 : 1, 1 - verdict.score)
        case .notLooked: (2, Double(distanceBits ?? 256))
        case .notConfirmed: (3, Double(distanceBits ?? 256))
        }
    }
}
