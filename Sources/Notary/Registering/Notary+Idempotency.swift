import Bytes
import Evidence
import EvidenceStore
import MerkleLog
import OpenSSL

extension Notary {
    static let idempotencyConflict = NotaryError(
        .idempotencyConflict,
        "This idempotency key stands for a different request. Use a new key for a new registration."
    )

    func idempotencyClaim(_ request: RegistrationRequest, file: JSONValue) throws -> IdempotencyClaim? {
        guard let key = request.idempotencyKey else { return nil }
        let isPlain = key.unicodeScalars.allSatisfy { (0x21...0x7E).contains($0.value) }
        guard isPlain, !key.isEmpty, key.utf8.count <= RegistrationRequest.idempotencyKeyLimitBytes else {
            throw NotaryError(.invalidRequest, "An idempotency key is 1 to 255 visible ASCII characters.")
        }
        let facts: JSONValue = [
            "file": file, "claim": request.claim.json, "parents": .array(request.parents.map { .string($0) }),
        ]
        return IdempotencyClaim(key: key, requestDigest: SHA256.digest(of: facts.encoded(.compact)))
    }

    /// The answer to a request that was answered before. `nil` for a new one, and for one whose batch is not published:
    /// the sequencer knows whether it will be, and answers or refuses.
    func replay(_ claim: IdempotencyClaim?, for caller: Caller) throws -> Registration? {
        guard let claim, let earlier = try store.idempotentRegistration(caller.account, key: claim.key) else {
            return nil
        }
        guard let position = try store.position(of: earlier.id), lanes.holds(position) else { return nil }
        guard earlier.requestDigest == claim.requestDigest else { throw Self.idempotencyConflict }
        return try replayed(earlier.id, for: caller)
    }

    func replayed(_ id: LeafHash, for caller: Caller) throws -> Registration {
        guard let registration = try registration(id, for: caller, isReplay: true) else {
            throw NotaryError(.idempotencyConflict, "This idempotency key made a registration that was erased since.")
        }
        return registration
    }
}

extension UploadedFile {
    /// What a repeated request must have in common. The store keeps digests of it, so its fields stay as they are.
    var idempotencyFacts: JSONValue {
        ["how": "computed", "sha256": .string(sha256.hex), "sizeBytes": .integer(sizeBytes)]
    }
}

extension DeclaredFile {
    var idempotencyFacts: JSONValue {
        [
            "how": "declared",
            "sha256": .string(sha256.hex),
            "sm3": sm3.map { .string($0.hex) } ?? .null,
            "sizeBytes": sizeBytes.map { .integer($0) } ?? .null,
            "mediaType": mediaType.map { .string($0) } ?? .null,
        ]
    }
}
