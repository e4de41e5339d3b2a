import Bytes
public import Evidence
import EvidenceStore
import MerkleLog

/// How searches are kept.
enum KeptSearches {
    /// As phones make them; of a larger picture the answer is kept, and no overlay can be drawn.
    static let pictureLimitBytes: UInt64 = 16 << 20
    /// How often those that have ended are looked for.
    static let sweepIntervalSeconds = 60
    /// One page of an account's list.
    static let listLimit = 100
}

/// A search that was answered before.
public struct KeptSearchAnswer: Sendable {
    let id: AccountRowID
    /// As it was answered.
    public let json: JSONValue
    /// Where the registrations of its matches stand.
    let places: [LogPosition]

    init?(_ search: KeptSearch) {
        guard let document = try? JSONValue(parsing: search.answer), let answer = document["answer"],
            let places = document["places"]?.arrayValue?.compactMap({ $0.stringValue.flatMap(LogPosition.init(text:)) }
            ),
            places.count == answer["matches"]?.arrayValue?.count
        else { return nil }
        id = search.id
        json = answer
        self.places = places
    }

    static func document(_ result: SearchResult) -> [UInt8] {
        let places = JSONValue.array(result.matches.map { .string($0.position.text) })
        return JSONValue.object(["answer": result.json, "places": places]).encoded(.compact)
    }

    /// - Parameter number: From 1.
    /// - Throws: ``NotaryError`` with `.unknownMatch`.
    func match(_ number: Int) throws -> (json: JSONValue, position: LogPosition) {
        guard let matches = json["matches"]?.arrayValue, (1...max(1, matches.count)).contains(number),
            !matches.isEmpty
        else {
            throw NotaryError(
                .unknownMatch,
                "The search has \(json["matches"]?.arrayValue?.count ?? 0) matches, counted from 1."
            )
        }
        return (matches[number - 1], places[number - 1])
    }
}
