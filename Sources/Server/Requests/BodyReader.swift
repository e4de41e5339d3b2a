import HTTPTypes
import Hummingbird
import NIOCore

/// Hands out a request's body piece by piece and stops at its limits.
struct BodyReader {
    private let limitBytes: Int
    private let tooLargeCode: ServerError.Code
    private let announcedBytes: Int?
    private let pace: BodyPace
    private let metrics: HTTPMetrics
    private let start: ContinuousClock.Instant
    private var iterator: RequestBody.AsyncIterator
    private var receivedBytes = 0

    /// - Parameter tooLargeCode: What a body above the limit is refused with.
    /// - Throws: ``ServerError`` with `tooLargeCode` when the announced length is above the limit, before a byte of the
    ///   body was read; `.lengthRequired` when the request announces no body at all.
    init(
        _ request: Request,
        limitBytes: Int,
        tooLargeCode: ServerError.Code = .uploadTooLarge,
        pace: BodyPace,
        metrics: HTTPMetrics
    ) throws(ServerError) {
        self.limitBytes = limitBytes
        self.tooLargeCode = tooLargeCode
        self.pace = pace
        self.metrics = metrics
        announcedBytes = request.headers[.contentLength].flatMap { Int($0) }
        guard announcedBytes != nil || request.headers[.transferEncoding] != nil else {
            throw ServerError(.lengthRequired, "Send a body, with Content-Length or in chunks.")
        }
        start = .now
        iterator = request.body.makeAsyncIterator()
        if let announcedBytes, announcedBytes > limitBytes { throw tooLarge }
    }

    /// - Returns: `nil` at the end of a whole body.
    /// - Throws: ``ServerError`` with the code for too large a body, `.bodyTooSlow`, or `.bodyTruncated` when
    ///   the connection ended before the body did.
    mutating func next() async throws -> [UInt8]? {
        let piece: ByteBuffer?
        do { piece = try await iterator.next() } catch { throw Self.truncated }
        guard let piece else {
            if let announcedBytes, receivedBytes < announcedBytes { throw Self.truncated }
            return nil
        }
        receivedBytes += piece.readableBytes
        metrics.bodyReceived(bytes: piece.readableBytes)
        guard receivedBytes <= limitBytes else { throw tooLarge }
        guard !pace.isTooSlow(receivedBytes: receivedBytes, after: .now - start) else {
            throw ServerError(.bodyTooSlow, "The body came too slowly. Send it again over a better line.")
        }
        return Array(piece.readableBytesView)
    }

    /// The rest of the body in one piece; only for bodies with a small limit.
    mutating func readAll() async throws -> [UInt8] {
        var bytes: [UInt8] = []
        while let piece = try await next() { bytes += piece }
        return bytes
    }

    private var tooLarge: ServerError {
        ServerError(tooLargeCode, "The body is larger than \(limitBytes) bytes.")
    }

    private static let truncated = ServerError(.bodyTruncated, "The body ended before it was whole. Send it again.")
}
