import Evidence
import Notary

/// A registration by digests as a client writes it in JSON: alone, or as a line of a batch.
struct DigestRegistration {
    let file: DeclaredFile
    let claim: Claim
    let parents: [String]

    private static let names: Set = ["digests", "sizeBytes", "mediaType", "claim", "parents"]

    /// - Parameter others: Fields that may stand beside those of a registration; they are the caller's to read.
    /// - Throws: ``ServerError`` or `EvidenceError`.
    init(_ body: JSONFields, beside others: Set<String> = []) throws {
        try body.allowOnly(Self.names.union(others))
        let digests = try body.fields("digests")
        try digests.allowOnly(["sha256", "sm3"])
        guard let sha256 = try digests.digest("sha256") else {
            throw ServerError(.fieldMissing, "\"digests\" has no \"sha256\".")
        }
        file = DeclaredFile(
            sha256: sha256,
            sm3: try digests.digest("sm3"),
            sizeBytes: try body.size("sizeBytes"),
            mediaType: try Self.mediaType(body)
        )
        claim = try body["claim"].map { try Claim(json: $0) } ?? Claim()
        parents = try body["parents"].map { try idList("parents", $0) } ?? []
    }

    func request(idempotencyKey: String?) -> RegistrationRequest {
        RegistrationRequest(claim: claim, parents: parents, channel: .digestOnly, idempotencyKey: idempotencyKey)
    }

    /// A media type goes into the record as it was sent, so it has to be one.
    private static func mediaType(_ body: JSONFields) throws(ServerError) -> String? {
        guard let text = try body.text("mediaType") else { return nil }
        guard text.utf8.count <= 127, text.split(separator: "/").count == 2, HeaderValue(parsing: text)?.value == text
        else {
            throw ServerError(.fieldInvalid, "\"mediaType\" is not a media type in lower case, such as image/jpeg.")
        }
        return text
    }
}

/// - Throws: ``ServerError`` with `.idempotencyKeyInvalid` for a key that no request can have.
func checkedIdempotencyKey(_ key: String?) throws(ServerError) -> String? {
    guard let key else { return nil }
    let isVisible = key.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    guard isVisible, (1...RegistrationRequest.idempotencyKeyLimitBytes).contains(key.utf8.count) else {
        throw ServerError(.idempotencyKeyInvalid, "An idempotency key is 1 to 255 visible ASCII characters.")
    }
    return key
}
