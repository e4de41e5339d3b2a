import Evidence
import HTTPTypes
import Hummingbird
import MerkleLog
import Notary

/// Administration, on the control socket only: whoever may open the data folder needs no token.
///
/// These routes are between `cinnabar` and a server of the same version; they are no public API.
struct ControlRoutes: Sendable {
    let notary: Notary

    var routes: [Route] {
        [
            Route(.get, "/control/accounts", .anyone) { _ in
                Response(json: try notary.accountsDocument())
            },
            Route(.post, "/control/accounts", .anyone) { try await createAccount($0) },
            Route(.put, "/control/accounts/authorities", .anyone) { call in
                let fields = try await call.jsonBody()
                try fields.allowOnly(["name", "authorities"])
                let names = Self.names(try fields.text("authorities"))
                let name = try fields.requiredText("name")
                return Response(json: try notary.demandAuthorities(names, ofAccount: name))
            },
            Route(.get, "/control/feedback", .anyone) { _ in
                Response(json: ["feedback": try notary.feedback(for: nil)])
            },
            Route(.get, "/control/floods", .anyone) { _ in Response(json: ["floods": try notary.floods()]) },
            Route(.get, "/control/tokens", .anyone) { try listTokens($0) },
            Route(.post, "/control/tokens", .anyone) { try await createToken($0) },
            Route(.delete, "/control/tokens/{id}", .anyone) { call in
                Response(json: try notary.revokeToken(call.parameters["id"] ?? "").json)
            },
            Route(.post, "/control/erasures", .anyone) { try await erase($0) },
            Route(.post, "/control/purges", .anyone) { _ in
                Response(json: ["purged": .bool(try await notary.purgeErased())])
            },
            Route(.get, "/control/keys", .anyone) { _ in Response(json: notary.logKeys) },
            Route(.post, "/control/keys", .anyone) { call in
                let fields = try await call.jsonBody()
                try fields.allowOnly(["log"])
                let key = try await notary.rotateLogKey(of: try fields.text("log"))
                return Response(json: ["key": .string(key.text)], status: .created)
            },
            Route(.post, "/control/freezes", .anyone) { call in
                let fields = try await call.jsonBody()
                try fields.allowOnly(["next"])
                return Response(json: try await notary.freeze(next: try fields.text("next")))
            },
            Route(.get, "/control/anchors", .anyone) { call in
                let outsider = call.request.uri.queryParameters["outsider"].map(String.init)
                return Response(json: try notary.anchorStatus(of: outsider))
            },
            Route(.post, "/control/anchors/retries", .anyone) { call in
                Response(json: try await notary.retryAnchors(of: try await outsider(call), waits: false))
            },
            Route(.post, "/control/anchors/pauses", .anyone) { call in
                Response(json: try notary.setAnchorPause(of: try await outsider(call), isPaused: true))
            },
            Route(.post, "/control/anchors/resumptions", .anyone) { call in
                Response(json: try notary.setAnchorPause(of: try await outsider(call), isPaused: false))
            },
            Route(.post, "/control/copies", .anyone) { try await copyStore($0) },
            Route(.post, "/control/renewals", .anyone) { try await renew($0) },
            Route(.post, "/control/audits", .anyone) { _ in
                Response(workLines: { progress in
                    try notary.audit { progress($0.json) }.json
                })
            },
        ]
    }

    private func outsider(_ call: Call) async throws -> String? {
        let fields = try await call.jsonBody()
        try fields.allowOnly(["outsider"])
        return try fields.text("outsider")
    }

    private func createAccount(_ call: Call) async throws -> Response {
        let fields = try await call.jsonBody()
        try fields.allowOnly(["name", "keepsOriginals", "authorities"])
        let account = try notary.createAccount(
            named: try fields.requiredText("name"),
            keepsOriginals: try fields.flag("keepsOriginals"),
            demanding: Self.names(try fields.text("authorities"))
        )
        return Response(json: try notary.json(of: account), status: .created)
    }

    /// Names parted by commas.
    private static func names(_ text: String?) -> [String] { (text ?? "").split(separator: ",").map(String.init) }

    private func erase(_ call: Call) async throws -> Response {
        let fields = try await call.jsonBody()
        try fields.allowOnly(["id", "reason"])
        guard let id = LeafHash(hex: try fields.requiredText("id")),
            try await notary.erase(id, reason: try fields.requiredText("reason")) != nil,
            let entry = try notary.publicEntry(id)
        else { throw ServerError(.registrationUnknown, "There is no registration with this id.") }
        return Response(json: entry)
    }

    private func copyStore(_ call: Call) async throws -> Response {
        let fields = try await call.jsonBody()
        try fields.allowOnly(["folder", "keysFolder", "keptGenerations", "bytesPerSecond"])
        var request = StoreCopyRequest(folder: try fields.requiredText("folder"))
        request.keysFolder = try fields.text("keysFolder")
        request.keptGenerations = try fields.size("keptGenerations").flatMap { Int(exactly: $0) }.map { max(1, $0) }
        request.bytesPerSecond = try fields.size("bytesPerSecond").flatMap { Int(exactly: $0) }.map { max(1, $0) }
        return Response(workLines: { [request] progress in
            try notary.copyStore(request) { progress($0.json) }.json
        })
    }

    private func renew(_ call: Call) async throws -> Response {
        let fields = try await call.jsonBody()
        try fields.allowOnly(["days", "hashTree", "authority", "dryRun"])
        var order = RenewalOrder()
        order.days = try fields.size("days").flatMap { Int(exactly: $0) } ?? order.days
        order.isOfHashTree = try fields.flag("hashTree") ?? false
        order.authority = try fields.text("authority")
        order.isDryRun = try fields.flag("dryRun") ?? false
        return Response(json: try await notary.renew(order).json)
    }

    private func listTokens(_ call: Call) throws -> Response {
        let account = call.request.uri.queryParameters["account"].map(String.init)
        return Response(json: ["tokens": .array(try notary.tokens(account: account).map(\.json))])
    }

    private func createToken(_ call: Call) async throws -> Response {
        let fields = try await call.jsonBody()
        try fields.allowOnly(["account", "label"])
        let account = try fields.requiredText("account")
        let label = try fields.text("label") ?? ""
        let token = try notary.createToken(forAccount: account, label: label)
        return Response(
            json: ["account": .string(account), "label": .string(label), "token": .string(token)],
            status: .created
        )
    }
}
