import Bytes

/// Asks one calendar over HTTP.
///
/// Source: python-opentimestamps, `opentimestamps.calendar.RemoteCalendar`.
public struct CalendarClient: Sendable {
    /// What the stock client reads of an answer.
    public static let answerLimitBytes = 10_000
    private static let accept = "application/vnd.opentimestamps.v1"

    public let url: String
    private let exchange: HTTPExchange

    /// - Parameter url: With or without a slash at its end.
    public init(url: String, exchange: @escaping HTTPExchange) {
        self.url = url.hasSuffix("/") ? String(url.dropLast()) : url
        self.exchange = exchange
    }

    /// Hands in a digest; what comes back commits to it, mostly as a promise only.
    ///
    /// - Throws: ``OutsiderError`` with `.unreachable`, `.refused` or `.invalidAnswer`.
    public func submit(_ digest: [UInt8]) async throws -> OTSTimestamp {
        let response = try await response("POST", "digest", digest)
        guard response.status == 200 else { throw refusal(response) }
        return try timestamp(of: digest, response)
    }

    /// Asks what has become of a commitment that this calendar promised to carry on.
    ///
    /// - Returns: `nil` while it has no more to say.
    /// - Throws: As ``submit(_:)``.
    public func timestamp(of commitment: [UInt8]) async throws -> OTSTimestamp? {
        let response = try await response("GET", "timestamp/\(Hex.encode(commitment))", [])
        if response.status == 404 { return nil }
        guard response.status == 200 else { throw refusal(response) }
        return try timestamp(of: commitment, response)
    }

    private func response(_ method: String, _ path: String, _ body: [UInt8]) async throws -> IncomingResponse {
        var headers = ["accept": Self.accept]
        if !body.isEmpty { headers["content-type"] = "application/octet-stream" }
        let request = OutgoingRequest(
            url: "\(url)/\(path)",
            method: method,
            headers: headers,
            body: body,
            responseLimitBytes: Self.answerLimitBytes
        )
        do {
            return try await exchange(request)
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            throw OutsiderError(.unreachable, "The calendar \(url) did not answer; it is asked again.")
        }
    }

    /// Redirects are not followed: who was configured is who is asked.
    private func refusal(_ response: IncomingResponse) -> OutsiderError {
        let hint = (300..<400).contains(response.status) ? "; it redirects, so set its new address" : ""
        return OutsiderError(.refused, "The calendar \(url) answered with HTTP status \(response.status)\(hint).")
    }

    private func timestamp(of message: [UInt8], _ response: IncomingResponse) throws -> OTSTimestamp {
        do {
            guard response.body.count <= Self.answerLimitBytes else {
                throw OTSError(.tooLarge, "The answer is longer than \(Self.answerLimitBytes) bytes.")
            }
            return try OTSTimestamp(message: message, bytes: response.body)
        } catch {
            throw OutsiderError(.invalidAnswer, "The calendar \(url) answered by no timestamp: \(error)")
        }
    }
}
