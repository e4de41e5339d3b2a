import Evidence
import EvidenceStore
import HTTPTypes
import Hummingbird
import MerkleLog
import Notary

/// Registering, and reading what was registered.
struct RegistrationRoutes: Sendable {
    let notary: Notary
    let uploads: Slots

    /// A claim's JSON is as limited in a form as alone; 64 ids take less than 5 kB.
    private static let form = Form.Shape(
        file: "file",
        fields: ["claim": 256 << 10, "parents": 8 << 10, "channel": 64]
    )
    /// One page of the list.
    private static let pageLimit = 100

    var routes: [Route] {
        [
            Route(.post, "/v1/registrations", .token) { try await create($0) },
            Route(.get, "/v1/registrations", .token) { try list($0) },
            Route(.get, "/v1/registrations/{id}", .anyoneOrToken) { try read($0) },
            Route(.delete, "/v1/registrations/{id}", .token) { try await erase($0) },
            Route(.get, "/v1/registrations/{id}/evidence", .token) { try await evidence($0) },
            Route(.get, "/v1/registrations/{id}/file.ots", .token) { try await openTimestampsProof($0) },
        ]
    }

    private func create(_ call: Call) async throws -> Response {
        let caller = try call.requiredCaller()
        let registration =
            switch call.contentType?.value {
            case "multipart/form-data": try await uploads.withSlot { try await registerFile(call, caller) }
            case "application/json": try await registerDigests(call, caller)
            default: throw call.unsupported(["multipart/form-data", "application/json"])
            }
        var response = Response(json: registration.json, status: registration.isReplay ? .ok : .created)
        response.headers[.location] = "/v1/registrations/\(registration.id.hex)"
        return response
    }

    private func registerFile(_ call: Call, _ caller: Caller) async throws -> Registration {
        let key = try idempotencyKey(call)
        let form = try await call.form(Self.form, makeUpload: notary.makeUpload)
        guard let upload = form.upload else {
            throw ServerError(.partMissing, "The form has no part \"file\". Send one, or digests as JSON.")
        }
        let claim = try form.fields["claim"].map { try Claim(json: try JSONValue(parsing: $0)) }
        let parents = try form.fields["parents"].map { try idList("parents", try JSONValue(parsing: $0)) }
        let request = RegistrationRequest(
            claim: claim ?? Claim(),
            parents: parents ?? [],
            channel: try form.fields["channel"].map(channel) ?? .upload,
            declaredMediaType: form.fileMediaType,
            idempotencyKey: key
        )
        return try await notary.register(upload, request, for: caller)
    }

    /// A file came alone or as one of many; every other way into the log is ours to tell.
    private func channel(_ bytes: [UInt8]) throws(ServerError) -> Record.Channel {
        guard bytes == Array(Record.Channel.archiveImport.rawValue.utf8) else {
            throw ServerError(.fieldInvalid, "\"channel\" is \"import\" or left out.")
        }
        return .archiveImport
    }

    private func registerDigests(_ call: Call, _ caller: Caller) async throws -> Registration {
        let key = try idempotencyKey(call)
        let registration = try DigestRegistration(try await call.jsonBody())
        return try await notary.register(registration.file, registration.request(idempotencyKey: key), for: caller)
    }

    private func idempotencyKey(_ call: Call) throws(ServerError) -> String? {
        try checkedIdempotencyKey(call.request.headers[.idempotencyKey])
    }

    private func list(_ call: Call) throws -> Response {
        let query = call.request.uri.queryParameters
        let limit = query["limit"].map { Int($0) } ?? Self.pageLimit
        guard let limit, (1...Self.pageLimit).contains(limit) else {
            throw ServerError(.invalidRequest, "The query's \"limit\" is 1 to \(Self.pageLimit).")
        }
        let after = try query["after"].map { try position(String($0)) }
        let page = try notary.registrations(for: try call.requiredCaller(), after: after, limit: limit)
        let next = page.count == limit ? page.last : nil
        return Response(
            json: [
                "registrations": .array(
                    page.map {
                        [
                            "id": .string($0.id.hex), "lane": .integer($0.position.lane.rawValue),
                            "index": .integer($0.position.index.value),
                        ]
                    }
                ),
                "next": next.map { .string("\($0.position.lane.rawValue).\($0.position.index.value)") } ?? .null,
            ])
    }

    /// A cursor is what `next` said: lane, dot, index.
    private func position(_ cursor: String) throws(ServerError) -> LogPosition {
        let parts = cursor.split(separator: ".")
        guard parts.count == 2, let lane = UInt16(parts[0]), let index = UInt64(parts[1]) else {
            throw ServerError(.invalidRequest, "The query's \"after\" is not what \"next\" of an earlier page said.")
        }
        return LogPosition(lane: LaneID(lane), index: LeafIndex(index))
    }

    /// Its owner sees the whole registration. Everyone else, with or without a token, sees what the public log shows:
    /// that answer is the same whoever asks, so it tells nothing about accounts.
    private func read(_ call: Call) throws -> Response {
        let id = try id(call)
        if let caller = call.caller, let registration = try notary.registration(id, for: caller) {
            return Response(json: registration.json)
        }
        guard let entry = try notary.publicEntry(id) else { throw Self.unknown }
        return Response(json: entry)
    }

    /// Only its owner may; what is left is the same for all, also of one that was erased before.
    private func erase(_ call: Call) async throws -> Response {
        let id = try id(call)
        var reason = "Erased by the account that registered it."
        if call.request.headers[.contentLength].map({ $0 != "0" }) ?? (call.request.headers[.transferEncoding] != nil) {
            let fields = try await call.jsonBody()
            try fields.allowOnly(["reason"])
            reason = try fields.text("reason") ?? reason
        }
        guard try await notary.erase(id, reason: reason, for: try call.requiredCaller()) != nil,
            let entry = try notary.publicEntry(id)
        else { throw Self.unknown }
        return Response(json: entry)
    }

    private func evidence(_ call: Call) async throws -> Response {
        let id = try id(call)
        let original = call.request.uri.queryParameters["original"]
        guard [nil, "true", "false"].contains(original) else {
            throw ServerError(.invalidRequest, "The query's \"original\" is true or false.")
        }
        let file = try await notary.evidenceFile(
            of: id,
            for: try call.requiredCaller(),
            includingOriginal: original == "true"
        )
        guard let file else { throw Self.unknown }
        var response = Response(bytes: file, mediaType: "application/vnd.etsi.asic-e+zip")
        response.headers[.contentDisposition] = "attachment; filename=\"\(id.hex).asice\""
        response.headers[.cacheControl] = "no-store"
        return response
    }

    private func openTimestampsProof(_ call: Call) async throws -> Response {
        let id = try id(call)
        guard let proof = try await notary.openTimestampsProof(of: id, for: try call.requiredCaller()) else {
            throw Self.unknown
        }
        var response = Response(bytes: proof, mediaType: "application/vnd.opentimestamps.ots")
        response.headers[.contentDisposition] = "attachment; filename=\"\(id.hex).ots\""
        response.headers[.cacheControl] = "no-store"
        return response
    }

    /// Text that is no id is nobody's id: one answer for both.
    private func id(_ call: Call) throws(ServerError) -> LeafHash {
        guard let id = call.parameters["id"].flatMap({ LeafHash(hex: $0) }) else { throw Self.unknown }
        return id
    }

    private static let unknown = ServerError(
        .registrationUnknown,
        "There is no registration with this id that you may read."
    )
}
