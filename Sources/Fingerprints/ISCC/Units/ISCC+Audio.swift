extension ISCC {
    /// The Audio-Code of a recording.
    ///
    /// - Parameters:
    ///   - features: Its Chromaprint fingerprint, in order; none for silence.
    ///   - bits: A multiple of 32, at most 256.
    public static func audioCode(of features: [Int32], bits: Int = digestBits) -> ISCCUnit {
        let whole = [features]
        let quarters = parts(of: features, count: 4)
        let thirds = parts(of: features.sorted(), count: 3)
        return ISCCUnit(.content, medium: .audio, digest: (whole + quarters + thirds).flatMap(majority), bits: bits)
    }

    /// As equal as can be, the longer ones first.
    private static func parts(of features: [Int32], count: Int) -> [[Int32]] {
        let (least, longer) = features.count.quotientAndRemainder(dividingBy: count)
        return (0..<count).map { part in
            let start = part * least + min(part, longer)
            return Array(features[start..<start + least + (part < longer ? 1 : 0)])
        }
    }

    private static func majority(of features: [Int32]) -> [UInt8] {
        guard !features.isEmpty else { return [0, 0, 0, 0] }
        return SimHash.digest(
            of: features.map { feature in (0..<4).map { UInt8(truncatingIfNeeded: feature >> (24 - 8 * $0)) } }
        )
    }
}
