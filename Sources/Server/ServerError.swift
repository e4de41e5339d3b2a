/// Why a request was refused before the notary was asked. The code's raw value is the stable `code` of the answer.
struct ServerError: Error, Equatable, CustomStringConvertible {
    enum Code: String, Sendable, CaseIterable {
        case routeUnknown = "route.unknown"
        case methodNotAllowed = "method.notAllowed"
        case tokenMissing = "token.missing"
        case tokenInvalid = "token.invalid"

        case invalidRequest = "request.invalid"
        case mediaTypeUnsupported = "request.mediaTypeUnsupported"
        case lengthRequired = "request.lengthRequired"
        /// The body ended before what was announced.
        case bodyTruncated = "request.truncated"
        case bodyTooSlow = "request.tooSlow"
        /// A form larger than its file may be; the notary's code for a file that turns out too large.
        case fileTooLarge = "file.tooLarge"
        /// Any other body.
        case uploadTooLarge = "upload.tooLarge"
        case idempotencyKeyInvalid = "idempotency.keyInvalid"

        case jsonMalformed = "json.malformed"
        case fieldMissing = "field.missing"
        case fieldInvalid = "field.invalid"
        case fieldUnknown = "field.unknown"

        case boundaryInvalid = "multipart.boundaryInvalid"
        case multipartMalformed = "multipart.malformed"
        case multipartTruncated = "multipart.truncated"
        case partHeaderInvalid = "multipart.headerInvalid"
        case partHeaderTooLarge = "multipart.headerTooLarge"
        case partsTooMany = "multipart.tooManyParts"
        case partUnknown = "multipart.partUnknown"
        case partDuplicate = "multipart.partDuplicate"
        case partMissing = "multipart.partMissing"
        case partTooLarge = "multipart.partTooLarge"

        case registrationUnknown = "registration.unknown"
        case logPathInvalid = "log.pathInvalid"
        case logResourceUnknown = "log.resourceUnknown"
        case busy = "server.busy"
        case unexpected = "server.unexpected"
    }

    let code: Code
    /// What is wrong with the request and what would be right, for whoever sent it.
    let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    static func == (left: Self, right: Self) -> Bool { left.code == right.code }
    var description: String { "ServerError.\(code): \(message)" }
}
