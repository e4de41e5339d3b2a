import Bytes
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import Notary

/// Takes every request of one listener: finds its route, checks who asks, answers errors, counts and logs.
struct Dispatcher: HTTPResponder {
    typealias Context = BasicRequestContext

    /// How a request says for whom it asks.
    enum Callers: Sendable {
        /// By an API token.
        case tokens
        /// By an account's name, percent-encoded, or for the default one: whoever may open the data folder may act for
        /// any account in it.
        case accounts
    }

    let table: RouteTable
    var callers = Callers.tokens
    let notary: Notary
    let configuration: ServerConfiguration
    let metrics: HTTPMetrics
    let logger: Logger

    /// An unread body up to here is read past, to keep the connection; beyond, the connection is closed.
    private static let skippedBodyLimitBytes = 64 << 10

    func respond(to request: Request, context: Context) async throws -> Response {
        let start = ContinuousClock.now
        metrics.requestStarted()
        // Not the framework's id: that one lives in the log handler, and is lost where a handler keeps no metadata.
        let requestID = Self.makeRequestID()
        let (route, answer) = await answer(request, requestID: requestID)
        var response = request.method == .head ? answer.createHeadResponse() : answer
        response.headers[.xContentTypeOptions] = "nosniff"
        response.headers[.requestID] = requestID
        if hasLargeUnreadBody(request, response) { response.headers[.connection] = "close" }
        let elapsed = .now - start
        metrics.requestEnded(route: route, method: request.method, status: response.status.code, elapsed: elapsed)
        logger.info(
            "Request answered",
            metadata: [
                "request": .string(requestID), "method": .string(HTTPMetrics.name(of: request.method)),
                "route": .string(route),
                "status": .stringConvertible(response.status.code),
                "milliseconds": .stringConvertible(elapsed.milliseconds),
            ]
        )
        return response
    }

    private static func makeRequestID() -> String {
        var bytes: [UInt8] = []
        bytes.append(bigEndian: UInt64.random(in: 0...UInt64.max))
        return Hex.encode(bytes)
    }

    /// The answer and the name of its route, for logs and metrics: never what the client wrote.
    private func answer(
        _ request: Request,
        requestID: String
    ) async -> (route: String, Response) {
        switch table.find(request.method, request.uri.path) {
        case .found(let route, let parameters):
            do {
                let call = Call(
                    request: request,
                    parameters: parameters,
                    caller: try caller(of: request, for: route),
                    configuration: configuration,
                    metrics: metrics
                )
                return (route.path.text, try await route.handler(call))
            } catch {
                return (route.path.text, problem(error, requestID))
            }
        case .wrongMethod(let allowed):
            let error = ServerError(.methodNotAllowed, "This path takes \(allowed).")
            var response = problem(error, requestID)
            response.headers[.allow] = allowed
            return ("other", response)
        case .unknown:
            return ("other", problem(ServerError(.routeUnknown, "There is nothing at this path."), requestID))
        }
    }

    private func problem(_ error: any Error, _ requestID: String) -> Response {
        let problem = Problem(error, forOperator: callers == .accounts)
        if problem.status.kind == .serverError {
            logger.error(
                "Request failed",
                metadata: [
                    "request": .string(requestID), "code": .string(problem.code),
                    "error": .string(String(describing: error)),
                ]
            )
        }
        return problem.response(requestID: requestID)
    }

    private func caller(of request: Request, for route: Route) throws -> Caller? {
        guard route.access != .anyone else { return nil }
        if callers == .accounts {
            let name = request.headers[.account].map { $0.removingPercentEncoding ?? $0 }
            return try notary.localCaller(account: name ?? Notary.defaultAccountName)
        }
        guard let header = request.headers[.authorization] else {
            guard route.access == .anyoneOrToken else {
                throw ServerError(.tokenMissing, "Send an API token: Authorization: Bearer cin_...")
            }
            return nil
        }
        let parts = header.split(separator: " ", omittingEmptySubsequences: true)
        guard parts.count == 2, parts[0].lowercased() == "bearer",
            let caller = try notary.caller(forToken: String(parts[1]))
        else {
            throw ServerError(.tokenInvalid, "This API token is not, or no longer, valid.")
        }
        return caller
    }

    /// Whether a body was announced that the answer came before, and that is too large to read past.
    private func hasLargeUnreadBody(_ request: Request, _ response: Response) -> Bool {
        guard response.status.code >= 400 || request.method == .get || request.method == .head else { return false }
        guard let length = request.headers[.contentLength] else { return request.headers[.transferEncoding] != nil }
        return Int(length).map { $0 > Self.skippedBodyLimitBytes } ?? true
    }
}
