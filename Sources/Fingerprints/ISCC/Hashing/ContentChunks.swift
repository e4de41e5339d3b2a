/// Cuts a stream of bytes into pieces of about 1 kB where the bytes themselves say, so that a change in one place leaves
/// the pieces before and after it as they were.
///
/// Source: iscc-core, `alg_cdc_chunks` (FastCDC) with an average of 1024. The pieces do not depend on how the bytes come in.
struct ContentChunks {
    /// Bytes of a piece that has not ended.
    private var open: [UInt8] = []
    private var pattern: UInt32 = 0

    /// Calls `body` with the hash of every piece that ends within `bytes`.
    mutating func append(_ bytes: [UInt8], _ body: (UInt32) -> Void) {
        let span = bytes.span
        var start = 0
        while start < bytes.count {
            let piece = span.extracting(start..<min(start + Self.mostBytes - open.count, bytes.count))
            guard let end = Self.end(of: piece, after: open.count, pattern: &pattern) else {
                // Only the last piece of `bytes` has no end: any other is cut at its greatest length.
                open += bytes[start...]
                return
            }
            if open.isEmpty {
                body(XXH32.hash(piece.extracting(0..<end)))
            } else {
                open += bytes[start..<start + end]
                body(XXH32.hash(open))
                open.removeAll(keepingCapacity: true)
            }
            pattern = 0
            start += end
        }
    }

    /// The hash of what is left, which ends the stream; `nil` if there is nothing.
    consuming func last() -> UInt32? { open.isEmpty ? nil : XXH32.hash(open) }

    /// How many bytes of `piece` end the piece of which `count` came before; `nil` when it goes on.
    private static func end(of piece: Span<UInt8>, after count: Int, pattern: inout UInt32) -> Int? {
        var position = max(leastBytes - count, 0)
        for (end, mask) in [(centreBytes - count, strictMask), (mostBytes - count, easyMask)] {
            let barrier = min(end, piece.count)
            if let cut = cut(in: piece, from: position, to: barrier, mask: mask, pattern: &pattern) { return cut }
            position = max(position, barrier)
        }
        return piece.count >= mostBytes - count ? mostBytes - count : nil
    }

    @inline(__always)
    private static func cut(
        in piece: Span<UInt8>,
        from start: Int,
        to end: Int,
        mask: UInt32,
        pattern: inout UInt32
    ) -> Int? {
        guard start < end else { return nil }
        let numbers = gear.span
        var rolling = pattern
        for position in start..<end {
            rolling = rolling >> 1 &+ numbers[Int(piece[position])]
            if rolling & mask == 0 { return position + 1 }
        }
        pattern = rolling
        return nil
    }

    private static let averageBytes = 1024
    private static let leastBytes = averageBytes / 4
    private static let mostBytes = averageBytes * 8
    /// Cuts are rare before this length, and frequent after it.
    private static let centreBytes = averageBytes - leastBytes - leastBytes / 2
    private static let strictMask: UInt32 = 1 << 11 - 1
    private static let easyMask: UInt32 = 1 << 9 - 1
}
