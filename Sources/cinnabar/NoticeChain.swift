import Bytes
import Evidence
import MerkleLog

/// Follows a log's changes of key from a key that a checker knows.
struct NoticeChain {
    /// What the checker knew, and what was handed on since.
    private(set) var keys: [VerifierKey]

    init(_ keys: [VerifierKey]) { self.keys = keys }

    /// Checks one notice as `GET /v1/notices` gives it: its id, its proof, the signature of its checkpoint. A change of
    /// key then makes the new key known.
    ///
    /// - Throws: ``CommandError`` with status `.doesNotHold`.
    mutating func take(_ notice: JSONValue) throws {
        let entry = Array((notice["entry"]?.stringValue ?? "").utf8)
        let note = Array((notice["checkpoint"]?.stringValue ?? "").utf8)
        let proof = notice["proof"] ?? .null
        let hashes = (proof["hashes"]?.arrayValue ?? []).compactMap { $0.stringValue.flatMap { Base64.decode($0) } }
        do {
            let signed = try SignedNote(parsing: note)
            let checkpoint = try Checkpoint(parsing: signed.text)
            guard checkpoint.origin == notice["log"]?.stringValue else {
                throw Self.failure(notice, "is of another log")
            }
            let named = keys.filter { $0.name == checkpoint.origin }
            guard named.contains(where: { (try? signed.verifiedCheckpoint(log: $0)) != nil }) else {
                throw Self.failure(notice, "stands under a checkpoint that no key known by then has signed")
            }
            guard let index = proof["index"]?.integerValue.flatMap({ UInt64(exactly: $0) }) else {
                throw Self.failure(notice, "has no proof")
            }
            let inclusion = InclusionProof(
                index: LeafIndex(index),
                size: checkpoint.size,
                hashes: hashes.compactMap { Digest256($0) }
            )
            _ = try inclusion.verify(leaf: LeafHash(entry: entry), root: checkpoint.root)
        } catch let error as CommandError {
            throw error
        } catch {
            throw Self.failure(notice, "does not hold: \(error)")
        }
        let json = try? JSONValue(parsing: entry)
        guard json?["cinnabar"] == "log-key-1" else { return }
        guard let key = try? VerifierKey(parsing: json?["key"]?.stringValue ?? ""),
            key.name == notice["log"]?.stringValue
        else { throw Self.failure(notice, "announces no key of this log") }
        keys.append(key)
    }

    private static func failure(_ notice: JSONValue, _ what: String) -> CommandError {
        CommandError("notice.invalid", "Entry \(notice["index"]?.integerValue ?? 0) \(what).", status: .doesNotHold)
    }
}
