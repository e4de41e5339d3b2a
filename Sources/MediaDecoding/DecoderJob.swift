/// One file on its way through the pool.
struct DecoderJob: Sendable {
    let bytes: [UInt8]
    let format: MediaFormat
    let wish: DecodeWish
    /// Resumed exactly once, by whoever takes the job out of the queue or refuses it.
    let continuation: CheckedContinuation<Result<DecodedPicture, MediaError>, Never>
}
