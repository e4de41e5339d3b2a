import Anchoring

/// What an exchange throws when it stops reading a body that is past the request's limit, if it can tell.
public struct ResponseTooLarge: Error {
    public init() {}
}

/// Gets resources over HTTP, within limits and with patience.
struct HTTPReader: Sendable {
    /// Tries of one request; pauses of one second, two and four between them.
    static let tries = 4

    let exchange: HTTPExchange
    let pause: @Sendable (_ seconds: Int) async throws -> Void

    /// - Returns: `nil` when the server says that there is no such resource.
    /// - Throws: ``LogUnreachable``; ``LogAlarm`` with kind `.tooLarge`, which is not tried again.
    func get(_ url: String, limitBytes: Int) async throws -> [UInt8]? {
        let request = OutgoingRequest(
            url: url,
            method: "GET",
            headers: ["accept-encoding": "gzip, identity"],
            body: [],
            responseLimitBytes: limitBytes
        )
        var failure = ""
        for number in 0..<Self.tries {
            if number > 0 { try await pause(1 << (number - 1)) }
            do {
                let response = try await exchange(request)
                switch response.status {
                case 200 where response.body.count <= limitBytes: return response.body
                case 200: throw Self.tooLarge(url, limitBytes)
                case 404, 410: return nil
                default: failure = "it answers \(response.status)"
                }
            } catch let error as LogAlarm {
                throw error
            } catch is ResponseTooLarge {
                throw Self.tooLarge(url, limitBytes)
            } catch {
                try Task.checkCancellation()
                failure = "no whole answer came"
            }
        }
        throw LogUnreachable("\(url) could not be read in \(Self.tries) tries: \(failure).")
    }

    private static func tooLarge(_ url: String, _ limitBytes: Int) -> LogAlarm {
        LogAlarm(.tooLarge, "\(url) is longer than the \(limitBytes) bytes that it can have.")
    }
}
