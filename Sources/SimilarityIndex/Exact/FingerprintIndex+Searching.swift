public import Fingerprints
import Hamming
import Synchronization

extension FingerprintIndex {
    /// Fingerprints compared together: what the kernels take at once.
    private static let groupLimit = 64

    /// Every indexed picture within the distance in any of the eight orientations, closest first, then in log order.
    ///
    /// Exact: nothing within the distance is missed, unless more than `limit` are found.
    ///
    /// - Returns: At most `limit` matches, each key once with its best orientation; none when the picture looked for is
    ///   not ``PDQResult/isIndexable``.
    public func matches(
        for picture: PDQResult,
        within distanceBits: Int = PDQFingerprint.nearCopyDistanceBits,
        limit: Int
    ) -> [Match] {
        lookup(for: picture, within: distanceBits, limit: limit).matches
    }

    /// As ``matches(for:within:limit:)``, with how many there are in all: past ``Lookup/floodLimit`` the picture says
    /// little.
    public func lookup(
        for picture: PDQResult,
        within distanceBits: Int = PDQFingerprint.nearCopyDistanceBits,
        limit: Int
    ) -> Lookup {
        lookups(for: [picture], within: distanceBits, limit: limit)[0]
    }

    /// Looks for many pictures at once, in the order given, and shares what it reads among them: in less time than one
    /// by one.
    public func lookups(
        for pictures: [PDQResult],
        within distanceBits: Int = PDQFingerprint.nearCopyDistanceBits,
        limit: Int
    ) -> [Lookup] {
        let found = lookups(
            for: pictures.filter(\.isIndexable).map { $0.orientations.map(\.words) },
            within: distanceBits,
            limit: limit
        )
        var rest = found[...]
        return pictures.map { $0.isIndexable ? rest.removeFirst() : .nothing }
    }

    /// Looks for fingerprints as they are, in no other orientation.
    public func lookups(
        for fingerprints: [PDQFingerprint],
        within distanceBits: Int = PDQFingerprint.nearCopyDistanceBits,
        limit: Int
    ) -> [Lookup] {
        lookups(for: fingerprints.map { [$0.words] }, within: distanceBits, limit: limit)
    }

    /// Looks for fingerprints as they are, in no other orientation, by comparing all that is indexed with them: for
    /// any distance. Up to 64 share one pass.
    public func scan(for fingerprints: [PDQFingerprint], within distanceBits: Int, limit: Int) -> [Lookup] {
        lookups(for: fingerprints.map { [$0.words] }, within: distanceBits, limit: limit, isScan: true)
    }

    /// - Parameter groups: One for each picture, of the same length: its fingerprints in the order of
    ///   `Orientation.allCases`.
    func lookups(
        for groups: [[SIMD4<UInt64>]],
        within distanceBits: Int,
        limit: Int,
        isScan: Bool = false
    ) -> [Lookup] {
        let snapshot = state.withLock { $0 }
        return stride(from: 0, to: groups.count, by: Self.groupLimit).flatMap { first in
            let some = groups[first..<min(first + Self.groupLimit, groups.count)]
            var answer = Answer(groups: Array(some), within: distanceBits, limit: limit, snapshot)
            for segment in snapshot.segments { answer.add(segment, isScan: isScan) }
            for chunk in snapshot.tail.chunks { answer.add(chunk) }
            return answer.lookups
        }
    }
}

/// Look-ups under way.
private struct Answer {
    private let queries: [SIMD4<UInt64>]
    private let distanceBits: Int
    private let orientationCount: Int
    private var collectors: [MatchCollector]

    init(groups: [[SIMD4<UInt64>]], within distanceBits: Int, limit: Int, _ state: IndexState) {
        queries = groups.flatMap(\.self)
        orientationCount = groups.first?.count ?? 1
        self.distanceBits = distanceBits
        collectors = groups.map { _ in MatchCollector(limit: limit, without: state.removed) }
    }

    var lookups: [Lookup] { collectors.map(\.lookup) }

    mutating func add(_ segment: Segment, isScan: Bool) {
        if isScan || distanceBits > HammingTable.radiusLimitBits {
            segment.table.scan(for: queries, within: distanceBits) { piece in
                add(piece) { collector, match, orientation in
                    collector.add(
                        row: match.row,
                        of: segment,
                        distanceBits: match.distanceBits,
                        orientation: orientation
                    )
                }
            }
        } else {
            add(segment.table.matches(of: queries, within: distanceBits)[...]) { collector, match, orientation in
                collector.add(row: match.row, of: segment, distanceBits: match.distanceBits, orientation: orientation)
            }
        }
    }

    mutating func add(_ chunk: Tail.Chunk) {
        HammingScan(queries, within: distanceBits).compare(chunk.fingerprints) { piece in
            add(piece) { collector, match, orientation in
                collector.add(chunk.keys[match.row], distanceBits: match.distanceBits, orientation: orientation)
            }
        }
    }

    /// Of a picture's orientations that match a row, the closest counts, and of equals the first.
    ///
    /// - Parameter piece: All matches of its rows.
    private mutating func add(
        _ piece: ArraySlice<HammingMatch>,
        _ take: (inout MatchCollector, HammingMatch, Orientation) -> Void
    ) {
        let sorted = piece.sorted { left, right in
            (left.row, left.query / orientationCount, left.distanceBits, left.query)
                < (right.row, right.query / orientationCount, right.distanceBits, right.query)
        }
        var last: (row: Int, group: Int)?
        for match in sorted {
            let group = match.query / orientationCount
            if let last, last == (match.row, group) { continue }
            last = (match.row, group)
            take(&collectors[group], match, Orientation.allCases[match.query % orientationCount])
        }
    }
}
