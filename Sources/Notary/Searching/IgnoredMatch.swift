public import Bytes
public import Evidence
public import EvidenceStore
public import Fingerprints
import MerkleLog

/// What an account does not want to see among its matches: one registration, or all pictures close to a fingerprint.
public struct IgnoredMatch: Sendable, Equatable {
    public enum Subject: Sendable, Equatable {
        /// A registration, by its place in the logs. Its id is there when it is the account's own.
        case registration(LogPosition, id: String?)
        /// Registered pictures whose PDQ is within 31 bits of this one.
        case fingerprint(PDQFingerprint)
    }

    /// The most of an account: each search goes through all of them.
    static let countLimit = 1000
    /// Of UTF-8 bytes.
    static let noteLimitBytes = 500

    /// By which it is removed; 32 hex digits.
    public let name: String
    public let subject: Subject
    public let note: String?
    public let since: UTCTime

    func applies(to match: Match, fingerprint: () throws -> PDQFingerprint?) rethrows -> Bool {
        switch subject {
        case .registration(let position, _): return position == match.position
        case .fingerprint(let ignored):
            guard let fingerprint = try fingerprint() else { return false }
            return fingerprint.distanceBits(to: ignored) <= PDQFingerprint.nearCopyDistanceBits
        }
    }

    public var json: JSONValue {
        var members: [String: JSONValue] = [
            "name": .string(name), "since": .string(since.description), "note": note.map { .string($0) } ?? .null,
        ]
        switch subject {
        case .registration(_, let id):
            members["what"] = "registration"
            members["id"] = id.map { .string($0) } ?? .null
        case .fingerprint(let fingerprint):
            members["what"] = "fingerprint"
            members["fingerprint"] = .string(fingerprint.hex)
        }
        return .object(members)
    }
}

extension IgnoredMatch {
    /// What is kept of it, sealed.
    static func bytes(_ subject: Subject, note: String?) -> [UInt8] {
        var members: [String: JSONValue] = ["note": note.map { .string($0) } ?? .null]
        switch subject {
        case .registration(let position, let id):
            members["place"] = .string(position.text)
            members["id"] = id.map { .string($0) } ?? .null
        case .fingerprint(let fingerprint): members["fingerprint"] = .string(fingerprint.hex)
        }
        return JSONValue.object(members).encoded(.compact)
    }

    /// - Returns: `nil` for bytes of a later version.
    init?(_ id: AccountRowID, _ bytes: [UInt8]) {
        guard let json = try? JSONValue(parsing: bytes) else { return nil }
        if let position = json["place"]?.stringValue.flatMap({ LogPosition(text: $0) }) {
            subject = .registration(position, id: json["id"]?.stringValue)
        } else if let fingerprint = json["fingerprint"]?.stringValue.flatMap({ PDQFingerprint(hex: $0) }) {
            subject = .fingerprint(fingerprint)
        } else {
            return nil
        }
        name = id.hex
        note = json["note"]?.stringValue
        since = UTCTime(milliseconds: id.created)
    }
}

extension LogPosition {
    /// Lane, dot, index.
    var text: String { "\(lane.rawValue).\(index.value)" }

    init?(text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let lane = UInt16(parts[0]), let index = UInt64(parts[1]) else { return nil }
        self.init(lane: LaneID(lane), index: LeafIndex(index))
    }
}
