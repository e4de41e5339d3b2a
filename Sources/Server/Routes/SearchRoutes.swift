import Hummingbird
import Notary

/// Looking for earlier registrations.
struct SearchRoutes: Sendable {
    let notary: Notary
    let uploads: Slots

    private static let form = Form.Shape(file: "file", fields: [:])

    var routes: [Route] {
        [Route(.post, "/v1/searches", .token) { try await search($0) }]
    }

    private func search(_ call: Call) async throws -> Response {
        let caller = try call.requiredCaller()
        switch call.contentType?.value {
        case "multipart/form-data":
            return try await uploads.withSlot {
                let form = try await call.form(Self.form, makeUpload: notary.makePassingUpload)
                guard let upload = form.upload else {
                    throw ServerError(.partMissing, "The form has no part \"file\". Send one, or its SHA-256 as JSON.")
                }
                let result = try await notary.search(upload, declaredMediaType: form.fileMediaType, for: caller)
                return Response(json: result.json)
            }
        case "application/json":
            let body = try await call.jsonBody()
            try body.allowOnly(["sha256"])
            guard let sha256 = try body.digest("sha256") else {
                throw ServerError(.fieldMissing, "The field \"sha256\" is missing.")
            }
            return Response(json: try notary.search(sha256, for: caller).json)
        default:
            throw call.unsupported(["multipart/form-data", "application/json"])
        }
    }
}
