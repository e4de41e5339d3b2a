import Bytes
import Evidence
import EvidenceStore
import Hummingbird
import Notary

/// Watches over feeds of pictures.
struct WatchRoutes: Sendable {
    let notary: Notary
    let uploads: Slots

    private static let form = Form.Shape(file: "file", fields: ["reference": 4 << 10])

    var routes: [Route] {
        [
            Route(.post, "/v1/watches", .token) { try await create($0) },
            Route(.get, "/v1/watches", .token) { call in
                let watches = try notary.watches(for: try call.requiredCaller())
                return Response(json: ["watches": .array(watches.map(\.json))])
            },
            Route(.get, "/v1/watches/{id}", .token) { call in
                Response(json: try notary.watch(id(call), for: try call.requiredCaller()).json)
            },
            Route(.delete, "/v1/watches/{id}", .token) { call in
                try notary.deleteWatch(id(call), for: try call.requiredCaller())
                return Response(status: .noContent)
            },
            Route(.post, "/v1/watches/{id}/pictures", .token) { try await show($0) },
            Route(.get, "/v1/watches/{id}/pictures/{sha256}", .token) { try seen($0) },
            Route(.get, "/v1/watches/{id}/hits", .token) { try hits($0) },
        ]
    }

    private func create(_ call: Call) async throws -> Response {
        let caller = try call.requiredCaller()
        let watch = try notary.createWatch(try WatchRequest(try await call.jsonBody()), for: caller)
        var response = Response(json: watch.jsonWithSecret, status: .created)
        response.headers[.location] = "/v1/watches/\(watch.id)"
        return response
    }

    private func show(_ call: Call) async throws -> Response {
        let caller = try call.requiredCaller()
        let id = try id(call)
        // Before the upload, so that nobody sends a picture in vain.
        _ = try notary.watch(id, for: caller)
        return try await uploads.withSlot {
            let form = try await call.form(Self.form, makeUpload: notary.makePassingUpload)
            guard let upload = form.upload else {
                throw ServerError(.partMissing, "The form has no part \"file\" with the picture.")
            }
            let reference = String(decoding: form.fields["reference"] ?? [], as: UTF8.self)
            return Response(json: try await notary.show(upload, reference: reference, to: id, for: caller).json)
        }
    }

    private func seen(_ call: Call) throws -> Response {
        let sha256 = try digestField("sha256", call.parameters["sha256"] ?? "")
        let isSeen = try notary.hasSeen(sha256, in: id(call), for: try call.requiredCaller())
        return Response(json: ["sha256": .string(sha256.hex), "seen": .bool(isSeen)])
    }

    private func hits(_ call: Call) throws -> Response {
        let query = call.request.uri.queryParameters
        let limit = query["limit"].map { Int($0) } ?? 100
        guard let limit, (1...Notary.hitPageLimit).contains(limit) else {
            throw ServerError(.invalidRequest, "The query's \"limit\" is 1 to \(Notary.hitPageLimit).")
        }
        let after = query["after"].map { UInt64($0) }
        guard after == nil || after ?? nil != nil else {
            throw ServerError(.invalidRequest, "The query's \"after\" is a hit's number.")
        }
        let page = try notary.hits(of: id(call), after: after ?? nil, limit: limit, for: try call.requiredCaller())
        return Response(json: page)
    }

    private func id(_ call: Call) throws -> WatchID {
        try Notary.watchID(call.parameters["id"] ?? "")
    }
}

extension WatchRequest {
    init(_ body: JSONFields) throws {
        try body.allowOnly(["name", "webhook", "scope", "minimumScore"])
        self.init(name: try body.requiredText("name"), webhook: try body.text("webhook"))
        if let text = try body.text("scope") {
            guard let scope = Watch.Scope(rawValue: text) else {
                throw ServerError(.fieldInvalid, "\"scope\" is \"own\" or \"all\".")
            }
            self.scope = scope
        }
        if let value = body["minimumScore"] {
            guard case .number(let text) = value, let score = Double(text) else {
                throw ServerError(.fieldInvalid, "\"minimumScore\" is a number from 0 to 1.")
            }
            minimumScore = score
        }
    }
}
