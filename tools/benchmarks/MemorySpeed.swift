/// How fast this machine reads memory at this moment: what look-ups among millions wait for.
struct MemorySpeed {
    private static let byteCount = 512 << 20
    private static let reads = 2_000_000

    let sequentialGigabytesPerSecond: Double
    /// Of a cache line at a random place, many under way at once.
    let nanosecondsPerLine: Double

    init() {
        typealias Line = SIMD8<UInt64>
        let lineCount = Self.byteCount / MemoryLayout<Line>.stride
        let lines = [Line](repeating: Line(repeating: 1), count: lineCount)
        var sum = Line.zero
        let start = ContinuousClock.now
        for line in lines { sum &+= line }
        let sequential = (ContinuousClock.now - start) / .seconds(1)
        var place: UInt64 = UInt64(sum[0] & 1)
        let places = (0..<Self.reads).map { _ in
            place = place &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(place >> 33) % lineCount
        }
        let randomStart = ContinuousClock.now
        for place in places { sum &+= lines[place] }
        let random = (ContinuousClock.now - randomStart) / .seconds(1)
        precondition(sum[0] > 0, "The reads are not left out.")
        sequentialGigabytesPerSecond = Double(Self.byteCount) / sequential / 1e9
        nanosecondsPerLine = random / Double(Self.reads) * 1e9
    }
}
