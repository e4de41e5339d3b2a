import CHamming

/// Compares rows one after another with fingerprints, for any distance.
public struct HammingScan {
    private let queries: [SIMD4<UInt64>]
    private let distanceBits: Int

    /// Matches handed over at once: enough for the next rows and some more.
    private static let pieceCapacity = 16 * HammingTable.queryLimit + 8192

    public init(_ fingerprints: [SIMD4<UInt64>], within distanceBits: Int) {
        queries = fingerprints
        self.distanceBits = min(distanceBits, 256)
    }

    /// Whether this processor counts bits by AVX-512.
    public static var isFast: Bool { cinnabar_hamming_is_fast() != 0 }

    /// Chooses how bits are counted, for tests and comparisons.
    package static func allowFast(_ isAllowed: Bool) { cinnabar_hamming_set_fast(isAllowed ? 1 : 0) }

    /// - Parameter take: Is given the matches piece by piece; those of one row come in one piece.
    public func compare(_ rows: [SIMD4<UInt64>], _ take: (ArraySlice<HammingMatch>) -> Void) {
        rows.withUnsafeBufferPointer { compare($0, take) }
    }

    func compare(_ rows: UnsafeBufferPointer<SIMD4<UInt64>>, _ take: (ArraySlice<HammingMatch>) -> Void) {
        guard distanceBits >= 0, !queries.isEmpty, !rows.isEmpty else { return }
        precondition(rows.count <= TableLayout.rowLimit, "Rows are numbered by 32 bits.")
        // Together, so that the matches of one row come in one piece.
        precondition(queries.count <= HammingTable.queryLimit, "So many fingerprints are compared at once.")
        let capacity = Self.pieceCapacity
        let raw = UnsafeRawPointer(rows.baseAddress)?.assumingMemoryBound(to: UInt64.self)
        var row: UInt32 = 0
        while row < rows.count {
            let piece = [cinnabar_hamming_match](unsafeUninitializedCapacity: capacity) { buffer, filled in
                filled = queries.withUnsafeBytes { queries in
                    cinnabar_hamming_scan(
                        raw,
                        UInt32(rows.count),
                        &row,
                        queries.baseAddress?.assumingMemoryBound(to: UInt64.self),
                        UInt32(self.queries.count),
                        UInt32(distanceBits),
                        buffer.baseAddress,
                        capacity
                    )
                }
            }
            if !piece.isEmpty { take(piece.map { HammingMatch($0) }[...]) }
        }
    }
}
