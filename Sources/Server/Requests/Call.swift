import Evidence
import HTTPTypes
import Hummingbird
import Notary

/// One request on its way through a route.
struct Call: Sendable {
    let request: Request
    /// What the path's placeholders stand for, as it was sent.
    let parameters: [String: String]
    /// Who asks; `nil` only where the route lets strangers in.
    let caller: Caller?
    let configuration: ServerConfiguration
    let metrics: HTTPMetrics

    /// The media type of the body in lower case and with its parameters.
    var contentType: HeaderValue? { request.headers[.contentType].flatMap { HeaderValue(parsing: $0) } }

    /// - Throws: ``ServerError`` with `.tokenMissing`; a route that asks for it without demanding a token says so.
    func requiredCaller() throws(ServerError) -> Caller {
        guard let caller else {
            throw ServerError(.tokenMissing, "Send an API token: Authorization: Bearer cin_...")
        }
        return caller
    }

    /// The body of one media type, whole.
    ///
    /// - Throws: ``ServerError`` with `.mediaTypeUnsupported` or what ``BodyReader`` throws.
    func body(of mediaType: String, limitBytes: Int) async throws -> [UInt8] {
        guard contentType?.value == mediaType else { throw unsupported([mediaType]) }
        return try await body(limitBytes: limitBytes)
    }

    /// The body, whole, whatever it says it is.
    ///
    /// - Throws: What ``BodyReader`` throws.
    func body(limitBytes: Int) async throws -> [UInt8] {
        var reader = try BodyReader(request, limitBytes: limitBytes, pace: pace, metrics: metrics)
        return try await reader.readAll()
    }

    /// - Throws: ``ServerError`` or `JSONError`.
    func jsonBody() async throws -> JSONFields {
        let bytes = try await body(of: "application/json", limitBytes: configuration.jsonLimitBytes)
        return try JSONFields(try JSONValue(parsing: bytes))
    }

    /// - Throws: ``ServerError`` or what the upload throws; then nothing of the form is kept.
    func form(_ shape: Form.Shape, makeUpload: @escaping () -> Upload) async throws -> Form {
        guard let contentType, contentType.value == "multipart/form-data" else {
            throw unsupported(["multipart/form-data"])
        }
        guard let boundary = contentType.parameters["boundary"] else {
            throw ServerError(.boundaryInvalid, "The Content-Type of the form has no boundary.")
        }
        let limitBytes = shape.bodyLimitBytes(uploadLimitBytes: configuration.uploadLimitBytes)
        // Only a file can make a form so large, and it is refused by one code whether or not its length was announced.
        var reader = try BodyReader(
            request,
            limitBytes: limitBytes,
            tooLargeCode: shape.file == nil ? .uploadTooLarge : .fileTooLarge,
            pace: pace,
            metrics: metrics
        )
        var parser = try MultipartParser(boundary: boundary)
        var form = Form(shape, makeUpload: makeUpload)
        while let piece = try await reader.next() { try Self.feed(piece, to: &parser, &form) }
        try parser.finish()
        return form
    }

    /// Never inlined: the optimiser of Swift 6.3.1 crashes on ``form(_:makeUpload:)`` with this in it.
    @inline(never)
    private static func feed(_ piece: [UInt8], to parser: inout MultipartParser, _ form: inout Form) throws {
        for event in try parser.consume(piece) { try form.take(event) }
    }

    func unsupported(_ mediaTypes: [String]) -> ServerError {
        ServerError(.mediaTypeUnsupported, "Send the body as \(mediaTypes.joined(separator: " or ")).")
    }

    private var pace: BodyPace {
        BodyPace(graceSeconds: configuration.bodyGraceSeconds, bytesPerSecond: configuration.bodyBytesPerSecond)
    }
}
