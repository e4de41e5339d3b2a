extension ISCC {
    /// The Video-Code of a film.
    ///
    /// - Parameters:
    ///   - frames: MPEG-7 frame signatures of 380 numbers from 0 to 2 each, five a second.
    ///   - bits: A multiple of 32, at most 256.
    /// - Throws: ``FingerprintError`` with code `.noISCC` without a frame, or with one of another length.
    public static func videoCode(of frames: [[Int]], bits: Int = digestBits) throws(FingerprintError) -> ISCCUnit {
        guard !frames.isEmpty else { throw .noISCC("A film without frames has no ISCC.") }
        var sums = [Int](repeating: 0, count: WinnerTakesAll.places)
        for frame in Set(frames) {
            guard frame.count == sums.count else {
                throw .noISCC("A frame's signature has \(sums.count) numbers, not \(frame.count).")
            }
            for place in sums.indices { sums[place] += frame[place] }
        }
        return ISCCUnit(.content, medium: .video, digest: WinnerTakesAll.digest(of: sums), bits: bits)
    }
}
