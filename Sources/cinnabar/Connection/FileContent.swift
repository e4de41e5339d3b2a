/// The bytes of a file to register or look for, read in pieces at any place and any number of times.
protocol FileContent: Sendable {
    var sizeBytes: UInt64 { get }

    /// At most ``InputFile/pieceBytes`` from `offset` on; empty at the end.
    func piece(at offset: UInt64) throws -> [UInt8]
}

extension FileContent {
    /// Calls `body` with every piece in order, then `progress` with the bytes read so far.
    func forEachPiece(progress: ByteProgress, _ body: ([UInt8]) throws -> Void) throws {
        var offset: UInt64 = 0
        while case let piece = try piece(at: offset), !piece.isEmpty {
            try body(piece)
            offset += UInt64(piece.count)
            progress(offset)
        }
    }
}
