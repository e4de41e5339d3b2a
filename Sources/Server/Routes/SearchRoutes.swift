import Evidence
import Hummingbird
import MerkleLog
import Notary

/// Looking for earlier registrations.
struct SearchRoutes: Sendable {
    let notary: Notary
    let uploads: Slots
    /// Drawing keeps a core busy and holds two pictures in memory.
    let drawings: Slots

    private static let form = Form.Shape(file: "file", fields: [:])

    var routes: [Route] {
        [
            Route(.post, "/v1/searches", .token) { try await search($0) },
            Route(.get, "/v1/searches", .token) { call in
                Response(json: ["searches": try notary.keptSearches(for: try call.requiredCaller())])
            },
            Route(.get, "/v1/searches/{id}", .token) { call in
                Response(json: try notary.keptSearch(call.parameters["id"] ?? "", for: try call.requiredCaller()).json)
            },
            Route(.delete, "/v1/searches/{id}", .token) { call in
                try await notary.eraseSearch(call.parameters["id"] ?? "", for: try call.requiredCaller())
                return Response(status: .noContent)
            },
            Route(.get, "/v1/searches/{id}/matches/{n}/overlay.png", .token) { try await overlay($0) },
            Route(.post, "/v1/searches/{id}/matches/{n}/feedback", .token) { try await recordFeedback($0) },
            Route(.get, "/v1/feedback", .token) { call in
                Response(json: ["feedback": try notary.feedback(for: try call.requiredCaller())])
            },
            Route(.get, "/v1/ignored", .token) { call in
                let ignored = try notary.ignored(by: try call.requiredCaller())
                return Response(json: ["ignored": .array(ignored.map(\.json))])
            },
            Route(.put, "/v1/ignored", .token) { try await ignore($0) },
            Route(.delete, "/v1/ignored/{name}", .token) { call in
                try notary.stopIgnoring(call.parameters["name"] ?? "", for: try call.requiredCaller())
                return Response(status: .noContent)
            },
        ]
    }

    private func overlay(_ call: Call) async throws -> Response {
        let width = call.request.uri.queryParameters["width"].map { Int($0) ?? 0 }
        let png = try await drawings.withSlot {
            try await notary.overlay(
                ofSearch: call.parameters["id"] ?? "",
                match: try number(call),
                widthPixels: width ?? Notary.overlayWidthPixels,
                for: try call.requiredCaller()
            )
        }
        var response = Response(bytes: png, mediaType: "image/png")
        response.headers[.cacheControl] = "no-store"
        return response
    }

    private func recordFeedback(_ call: Call) async throws -> Response {
        let fields = try await call.jsonBody()
        try fields.allowOnly(["verdict", "note"])
        guard let opinion = Notary.Opinion(rawValue: try fields.requiredText("verdict")) else {
            throw ServerError(.fieldInvalid, "\"verdict\" is \"right\" or \"wrong\".")
        }
        let feedback = try notary.recordFeedback(
            opinion,
            note: try fields.text("note"),
            onSearch: call.parameters["id"] ?? "",
            match: try number(call),
            for: try call.requiredCaller()
        )
        return Response(json: feedback, status: .created)
    }

    /// One of three: a registration's id, a match of a search, a fingerprint.
    private func ignore(_ call: Call) async throws -> Response {
        let fields = try await call.jsonBody()
        try fields.allowOnly(["id", "search", "match", "fingerprint", "note"])
        let id = try fields.digest("id").map { LeafHash($0) }
        let search = try fields.text("search")
        let number = try fields.size("match").flatMap { Int(exactly: $0) }
        let fingerprint = try fields.text("fingerprint")
        let what: Notary.Ignorable
        switch (id, search, number, fingerprint) {
        case (let id?, nil, nil, nil): what = .registration(id)
        case (nil, let search?, let number?, nil): what = .match(search: search, number)
        case (nil, nil, nil, let fingerprint?): what = .fingerprint(fingerprint)
        default:
            throw ServerError(
                .fieldInvalid,
                "Send either \"id\" (a registration of yours), or \"search\" and \"match\", or \"fingerprint\"."
            )
        }
        let ignored = try notary.ignore(what, note: try fields.text("note"), for: try call.requiredCaller())
        return Response(json: ignored.json)
    }

    private func number(_ call: Call) throws(ServerError) -> Int {
        guard let number = call.parameters["n"].flatMap({ Int($0) }) else {
            throw ServerError(.invalidRequest, "Matches are counted from 1.")
        }
        return number
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
