public import Bytes
public import Evidence
public import MerkleLog

/// What the log's operator signs when a record is erased.
///
/// A note (C2SP signed-note) by the log's key. Its text is four lines: `<origin>/erasures`, the id, the time in UTC and
/// the reason. The first line differs from every checkpoint's, so that neither can pass for the other.
public struct ErasureReceipt: Sendable, Equatable {
    /// A sentence or two; it is public.
    public static let reasonLimitBytes = 500

    /// Of the log that holds the entry.
    public let origin: String
    public let id: LeafHash
    public let time: UTCTime
    public let reason: String
    /// The signed note.
    public let note: [UInt8]

    /// - Throws: ``NotaryError`` with `.invalidRequest` for a reason that is no line of text.
    init(erasing id: LeafHash, time: UTCTime, reason: String, signedBy key: SignerKey) throws {
        let isLine = reason.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
        guard isLine, !reason.isEmpty, reason.utf8.count <= Self.reasonLimitBytes else {
            throw NotaryError(
                .invalidRequest,
                "The reason of an erasure is one line of 1 to \(Self.reasonLimitBytes) bytes."
            )
        }
        let text = [Self.firstLine(key.name), id.hex, time.description, reason].map { $0 + "\n" }.joined()
        origin = key.name
        self.id = id
        self.time = time
        self.reason = reason
        note = try SignedNote(signing: text, with: key).bytes
    }

    /// - Parameter keys: Of the log, past ones too.
    /// - Throws: `NoteError`, or ``NotaryError`` with `.invalidRequest` for a signed text that is no receipt.
    init(parsing note: [UInt8], signedByOneOf keys: [VerifierKey]) throws {
        let verified = try SignedNote(parsing: note).verified(by: keys)
        let lines = verified.note.text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count == 5, lines[4].isEmpty, let id = LeafHash(hex: String(lines[1])),
            let time = UTCTime(lines[2]), !lines[3].isEmpty,
            let key = verified.signatures.first?.key, lines[0] == Self.firstLine(key.name)
        else { throw NotaryError(.invalidRequest, "A signed note is no receipt of an erasure.") }
        origin = key.name
        self.id = id
        self.time = time
        reason = String(lines[3])
        self.note = note
    }

    public var json: JSONValue {
        [
            "time": .string(time.description), "reason": .string(reason),
            "receipt": .string(String(decoding: note, as: UTF8.self)),
        ]
    }

    private static func firstLine(_ origin: String) -> String { origin + "/erasures" }
}
