import HTTPTypes
import Hummingbird

/// One thing the server does: where, for whom, and how.
struct Route: Sendable {
    /// Who may call it. Every route says so.
    enum Access: Sendable, Equatable {
        /// Anyone; a token is not looked at.
        case anyone
        /// Anyone; with a token the answer says more. A wrong token is refused all the same.
        case anyoneOrToken
        /// Only with an API token.
        case token
    }

    typealias Handler = @Sendable (Call) async throws -> Response

    let method: HTTPRequest.Method
    let path: PathPattern
    let access: Access
    let handler: Handler

    init(_ method: HTTPRequest.Method, _ path: String, _ access: Access, _ handler: @escaping Handler) {
        self.method = method
        self.path = PathPattern(path)
        self.access = access
        self.handler = handler
    }
}
