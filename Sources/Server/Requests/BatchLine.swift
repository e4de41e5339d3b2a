import Bytes
import Evidence
import EvidenceStore
import HTTPTypes
import MerkleLog
import Notary

/// One line of a batch, and the line that answers it.
struct BatchLine: Sendable {
    /// A registration of its own: as much JSON as a single one may have.
    static let limitBytes = 64 << 10
    /// What a client calls the line; given back to it.
    private static let refLimitBytes = 255

    /// From 1, blank lines counted.
    let number: Int
    let bytes: ArraySlice<UInt8>

    struct Parsed {
        let item: BatchItem
        let ref: String?
    }

    /// - Throws: ``ServerError``, `JSONError` or `EvidenceError`.
    func parsed() throws -> Parsed {
        guard bytes.count <= Self.limitBytes else {
            throw ServerError(.uploadTooLarge, "A line has at most \(Self.limitBytes) bytes.")
        }
        let fields = try JSONFields(try JSONValue(parsing: Array(bytes)))
        let registration = try DigestRegistration(fields, beside: ["idempotencyKey", "ref"])
        let key = try checkedIdempotencyKey(try fields.text("idempotencyKey"))
        let ref = try fields.text("ref")
        guard ref.map({ $0.utf8.count <= Self.refLimitBytes }) ?? true else {
            throw ServerError(.fieldInvalid, "\"ref\" has at most \(Self.refLimitBytes) bytes.")
        }
        return Parsed(item: BatchItem(registration.file, registration.request(idempotencyKey: key)), ref: ref)
    }

    /// One line of compact JSON with a newline.
    func answer(to result: Result<BatchRegistration, any Error>, ref: String?) -> [UInt8] {
        var members: [String: JSONValue] = ["line": .integer(number)]
        if let ref { members["ref"] = .string(ref) }
        switch result {
        case .success(let registration):
            members["status"] = registration.isReplay ? 200 : 201
            members["id"] = .string(registration.id.hex)
            members["lane"] = .integer(registration.position.lane.rawValue)
            members["index"] = .integer(registration.position.index.value)
            members["size"] = .integer(registration.checkpoint.size.value)
            if let proof = registration.proof {
                members["hashes"] = .array(proof.hashes.map { .string(Base64.encode($0.bytes)) })
            }
        case .failure(let error):
            let problem = Problem(error)
            members["status"] = .integer(problem.status.code)
            members["code"] = .string(problem.code)
            members["detail"] = .string(problem.detail)
        }
        return JSONValue.object(members).encoded(.compact) + [UInt8(ascii: "\n")]
    }
}
