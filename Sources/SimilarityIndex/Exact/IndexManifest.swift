import Bytes

/// Which files make an index, and how far it reaches: small, and replaced as a whole.
///
/// Text in lines: the format's name; `segment <number>` for each, oldest first; `lane <lane> <next> <identity>` for
/// each lane; a line `end <lines above>`.
struct IndexManifest: Equatable {
    private static let name = "cinnabar-fingerprint-index-1"

    /// How far a lane is in the segments.
    struct Reach: Equatable, Sendable {
        /// What comes next: everything before it has been through the index, and is in its files.
        let next: UInt64
        /// Of the entry before that, as the caller told.
        let identity: [UInt8]
    }

    var segments: [Int] = []
    var lanes: [UInt16: Reach] = [:]

    init(segments: [Int] = [], lanes: [UInt16: Reach] = [:]) {
        self.segments = segments
        self.lanes = lanes
    }

    /// - Returns: `nil` for anything but a whole manifest.
    init?(_ bytes: [UInt8]) {
        for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n").dropFirst().dropLast() {
            let words = line.split(separator: " ", omittingEmptySubsequences: false)
            switch (words.first, words.count) {
            case ("segment", 2):
                guard let number = Int(words[1]) else { return nil }
                segments.append(number)
            case ("lane", 4):
                guard let lane = UInt16(words[1]), let next = UInt64(words[2]), next > 0,
                    let identity = Hex.decode(words[3])
                else { return nil }
                lanes[lane] = Reach(next: next, identity: identity)
            default: return nil
            }
        }
        guard encoded == bytes else { return nil }
    }

    var encoded: [UInt8] {
        var lines = [Self.name] + segments.map { "segment \($0)" }
        for (lane, reach) in lanes.sorted(by: { $0.key < $1.key }) {
            lines.append("lane \(lane) \(reach.next) \(Hex.encode(reach.identity))")
        }
        lines.append("end \(lines.count)")
        return lines.flatMap { Array($0.utf8) + [UInt8(ascii: "\n")] }
    }
}
