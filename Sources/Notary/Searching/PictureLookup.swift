import EvidenceStore
import Fingerprints
import MediaDecoding
import SimilarityIndex

/// Looks one picture up among others: near by its fingerprint, or sharing parts; and has geometry and pixels judge
/// whatever it came upon.
struct PictureLookup {
    /// A judge reads ten; an operator with a flooded picture sees that there are many.
    static let hitLimit = 50
    /// Pictures near by PDQ that are looked at: those of equal bytes among them are left out.
    static let nearLimit = 1000
    /// Pictures that share features and are verified. The right one is among the first ten nearly always; each costs
    /// about a millisecond.
    static let candidateLimit = 20
    /// Beyond it PDQ says nothing; up to it, it adds to what geometry confirmed.
    static let tellingDistanceBits = 59

    let index: PictureIndex
    let parts: PartIndex
    /// The sketch that is kept of an indexed picture.
    let sketch: (LogPosition) throws -> PictureSketch?
    /// The fingerprint that is kept of an indexed picture.
    let fingerprint: (LogPosition) throws -> PDQFingerprint?
    /// Whether a picture may be named at all.
    let isWanted: (LogPosition) throws -> Bool

    /// - Returns: The best first, at most ``hitLimit``; each picture once.
    func hits(for picture: DecodedPicture, pdq: PDQResult) throws -> [PictureHit] {
        let query = picture.query.map(PreparedQuery.init)
        var hits: [LogPosition: PictureHit] = [:]
        for near in index.matches(for: pdq, limit: Self.nearLimit) where hits.count < Self.hitLimit {
            guard try isWanted(near.position) else { continue }
            hits[near.position] = try judged(near, picture, query)
        }
        if let sketch = picture.query, let query {
            for (position, reading) in parts.candidates(for: sketch, limit: Self.candidateLimit) {
                guard hits[position] == nil, try isWanted(position),
                    let registered = try self.sketch(position),
                    let verdict = query.verdict(on: registered, reading: reading)
                else { continue }
                hits[position] = try confirmed(verdict, at: position, pdq)
            }
        }
        return Array(hits.values.sorted(by: PictureHit.isBetter).prefix(Self.hitLimit))
    }

    /// Near by PDQ: a match whatever geometry says, but it says it.
    private func judged(
        _ near: PictureIndex.Near,
        _ picture: DecodedPicture,
        _ query: PreparedQuery?
    ) throws -> PictureHit {
        var hit = PictureHit(
            position: near.position,
            distanceBits: near.distanceBits,
            orientation: near.orientation
        )
        guard let query, let registered = try sketch(near.position) else { return hit }
        hit.isSamePixels = near.distanceBits == 0 && registered.thumbnail == picture.sketch?.thumbnail
        let verdict =
            query.verdict(on: registered, reading: near.orientation.isMirroring ? .mirrored : .plain)
            ?? query.verdict(byPixelsOn: registered, orientation: near.orientation)
        hit.geometry = verdict.map { .confirmed($0) } ?? .notConfirmed
        return hit
    }

    private func confirmed(_ verdict: CopyVerdict, at position: LogPosition, _ pdq: PDQResult) throws -> PictureHit {
        var hit = PictureHit(position: position, geometry: .confirmed(verdict))
        guard pdq.isIndexable, let registered = try fingerprint(position) else { return hit }
        let distances = pdq.orientations.map { $0.distanceBits(to: registered) }
        if let (orientation, distance) = zip(Orientation.allCases, distances).min(by: { $0.1 < $1.1 }),
            distance <= Self.tellingDistanceBits
        {
            (hit.distanceBits, hit.orientation) = (distance, orientation)
        }
        return hit
    }
}
