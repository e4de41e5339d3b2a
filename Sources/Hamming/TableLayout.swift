import CHamming

/// Where the arrays of a table lie in its memory, and in its file.
///
/// In this order: fingerprints (32 bytes a row), tags (4 bytes a row), then for each of the 16 parts the buckets'
/// starts, the checks (2 bytes a row) and the rows (4 bytes a row). Every array begins at a multiple of 64 bytes, the
/// length of a cache line.
struct TableLayout: Equatable {
    /// Rows are numbered by 32 bits, and one number means "none".
    static let rowLimit = Int(UInt32.max) - 1
    static let partCount = Int(CINNABAR_HAMMING_PARTS)

    private static let alignment = 64
    private static let fingerprintBytes = 32
    /// Buckets of so many rows on the average cost 4 bytes a row for their starts at most, as long as a part's 16 bits
    /// suffice for the buckets' numbers.
    private static let rowsInBucket = 16
    private static let directoryBitsRange = 4...16

    let count: Int
    let directoryBits: Int

    init(count: Int) {
        self.count = count
        var bits = Self.directoryBitsRange.lowerBound
        while bits < Self.directoryBitsRange.upperBound, count > Self.rowsInBucket << bits { bits += 1 }
        directoryBits = bits
    }

    var tags: Int { Self.aligned(count * Self.fingerprintBytes) }
    var byteCount: Int { starts(ofPart: Self.partCount) }

    func starts(ofPart part: Int) -> Int { tags + Self.aligned(count * 4) + part * partBytes }
    func checks(ofPart part: Int) -> Int { starts(ofPart: part) + startsBytes }
    func rows(ofPart part: Int) -> Int { checks(ofPart: part) + checksBytes }

    private var partBytes: Int { startsBytes + checksBytes + Self.aligned(count * 4) }
    private var startsBytes: Int { Self.aligned((1 << directoryBits + 1) * 4) }
    private var checksBytes: Int { Self.aligned(count * 2) }

    private static func aligned(_ byteCount: Int) -> Int { (byteCount + alignment - 1) / alignment * alignment }
}
