public import Evidence
import Bytes
import EvidenceStore

/// What users say of matches, for the operator to learn from.
extension Notary {
    public enum Opinion: String, Sendable, CaseIterable { case right, wrong }

    /// Of an account: enough for years of a person's clicks.
    private static let feedbackLimit = 10_000
    private static let feedbackNoteLimitBytes = 1000

    /// Records whether a match of a kept search was right, with a copy of what was answered, since searches end.
    ///
    /// - Parameter number: Of the match, from 1.
    /// - Throws: ``NotaryError`` with `.unknownSearch`, `.unknownMatch`, `.invalidRequest` or `.tooMuchFeedback`.
    public func recordFeedback(
        _ opinion: Opinion,
        note: String?,
        onSearch search: String,
        match number: Int,
        for caller: Caller
    ) throws -> JSONValue {
        try checkNote(note, limitBytes: Self.feedbackNoteLimitBytes)
        let kept = try keptSearch(search, for: caller)
        let match = try kept.match(number)
        let document: JSONValue = [
            "verdict": .string(opinion.rawValue), "note": note.map { .string($0) } ?? .null,
            "search": .string(search), "n": .integer(number), "match": match.json,
            "sha256": kept.json["sha256"] ?? .null, "picture": kept.json["picture"] ?? .null,
            "place": .string(match.position.text),
        ]
        let now = clock().milliseconds
        let id = try store.add(
            .feedback,
            document.encoded(.compact),
            for: caller.account,
            now: now,
            limit: Self.feedbackLimit
        )
        guard let id else {
            throw NotaryError(.tooMuchFeedback, "The account has said \(Self.feedbackLimit) things already.")
        }
        switch opinion {
        case .right: counters.rightMatches.increment()
        case .wrong: counters.wrongMatches.increment()
        }
        return Self.shown(document, id, account: nil)
    }

    /// What one account said, or for the operator what all of them said, oldest first.
    ///
    /// - Parameter caller: `nil` for the operator, who also sees where the registrations stand and who spoke.
    public func feedback(for caller: Caller?) throws -> JSONValue {
        let names = caller == nil ? try accountNames() : [:]
        let rows = try store.remarks(.feedback, of: caller?.account, limit: Self.feedbackLimit)
        return .array(
            rows.compactMap { row in
                guard let document = try? JSONValue(parsing: row.bytes) else { return nil }
                return Self.shown(document, row.id, account: names[row.account])
            }
        )
    }

    /// Fingerprints that searches set aside, since they resemble too many different pictures.
    public func floods() throws -> JSONValue {
        .array(
            try store.floods().map { flood in
                [
                    "fingerprint": .string(Hex.encode(flood.fingerprint)),
                    "first": .string(UTCTime(milliseconds: flood.first).description),
                    "last": .string(UTCTime(milliseconds: flood.last).description),
                    "searches": .integer(flood.searches), "pictures": .integer(flood.pictures),
                ]
            }
        )
    }

    private func accountNames() throws -> [AccountID: String] {
        Dictionary(try store.accounts().map { ($0.id, $0.name) }) { first, _ in first }
    }

    private static func shown(_ document: JSONValue, _ id: AccountRowID, account: String?) -> JSONValue {
        guard var members = document.objectValue else { return document }
        // Where a registration stands says which it is: the operator alone may know.
        if let account { members["account"] = .string(account) } else { members["place"] = nil }
        members["name"] = .string(id.hex)
        members["at"] = .string(UTCTime(milliseconds: id.created).description)
        return .object(members)
    }
}
