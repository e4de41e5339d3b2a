import Evidence
import Hummingbird
import Notary

/// Judging evidence files, for anyone.
struct VerificationRoutes: Sendable {
    let notary: Notary
    /// Bodies that come in at once: each is held in memory, and a slow sender must not keep others from being checked.
    let receptions: Slots
    /// Verifier children that run at once.
    let checks: Slots
    let evidenceLimitBytes: Int

    var routes: [Route] {
        [
            Route(.post, "/v1/verifications", .anyone) { try await verify($0) },
            Route(.get, "/v1/trust", .anyone) { _ in
                var response = Response(json: notary.trustBundle.json)
                response.headers[.cacheControl] = "no-cache"
                return response
            },
        ]
    }

    private func verify(_ call: Call) async throws -> Response {
        // A digest's 64 digits, and the 20 digits of the largest size.
        let shape = Form.Shape(
            file: "file",
            fields: ["evidence": evidenceLimitBytes, "sha256": 64, "sm3": 64, "size": 20]
        )
        return try await receptions.withSlot {
            let form = try await call.form(shape, makeUpload: notary.makePassingUpload)
            guard let evidence = form.fields["evidence"] else {
                throw ServerError(.partMissing, "The form has no part \"evidence\": the evidence file.")
            }
            let declared = try declaredFile(form)
            if declared != nil, form.upload != nil {
                throw ServerError(.fieldInvalid, "Send the file or its digests, not both.")
            }
            return try await checks.withSlot {
                Response(json: try await notary.verification(of: evidence, file: form.upload, declared: declared))
            }
        }
    }

    private func declaredFile(_ form: Form) throws(ServerError) -> DeclaredFile? {
        let text = form.fields.mapValues { String(decoding: $0, as: UTF8.self) }
        guard let sha256 = text["sha256"] else {
            guard text["sm3"] == nil, text["size"] == nil else {
                throw ServerError(.fieldMissing, "\"sm3\" and \"size\" need \"sha256\" beside them.")
            }
            return nil
        }
        var size: UInt64?
        if let digits = text["size"] {
            guard let value = UInt64(digits) else {
                throw ServerError(.fieldInvalid, "\"size\" is not a count of bytes.")
            }
            size = value
        }
        return DeclaredFile(
            sha256: try digestField("sha256", sha256),
            sm3: try text["sm3"].map { text throws(ServerError) in try digestField("sm3", text) },
            sizeBytes: size
        )
    }
}
