/// Reads an original chunk by chunk.
public struct OriginalReader: Sendable {
    public let byteCount: UInt64
    private let backend: any StoreBackend
    let object: ObjectID
    private let key: RecordKey

    init(_ backend: any StoreBackend, _ original: RecordRow.Original, key: RecordKey) {
        self.backend = backend
        byteCount = original.byteCount
        object = original.object
        self.key = key
    }

    /// Chunks, all but the last of ``OriginalWriter/chunkByteCount`` bytes.
    public var chunkCount: Int { Self.chunkCount(ofBytes: byteCount) }

    static func chunkCount(ofBytes byteCount: UInt64) -> Int {
        let (quotient, remainder) = byteCount.quotientAndRemainder(dividingBy: UInt64(OriginalWriter.chunkByteCount))
        return Int(quotient) + (remainder > 0 ? 1 : 0)
    }

    /// - Parameter number: 0 up to ``chunkCount``.
    /// - Throws: ``StoreError`` with code `.corrupted` when the chunk is missing or was changed.
    public func chunk(_ number: Int) throws(StoreError) -> [UInt8] {
        precondition(0..<chunkCount ~= number, "The original has \(chunkCount) chunks.")
        let place = Keys.chunk(object, UInt32(number))
        guard let sealed = try backend.value(for: place, in: .originals) else {
            throw StoreError(.corrupted, "A chunk of an original is missing. Restore it from a store copy.")
        }
        let chunk = try key.open(sealed, authenticating: place)
        let expected = min(
            byteCount - UInt64(number * OriginalWriter.chunkByteCount),
            UInt64(OriginalWriter.chunkByteCount)
        )
        guard UInt64(chunk.count) == expected else {
            throw StoreError(.corrupted, "A chunk of an original has not the length that its record names.")
        }
        return chunk
    }
}
