public import Evidence
import Bytes

/// What ages when, and what was renewed.
public struct RenewalReport: Sendable {
    /// Timestamps of one authority that end together.
    struct Group: Sendable, Equatable {
        let authority: String
        /// Of the newest chain of their evidence records.
        let algorithm: String
        /// When the first certificate of their newest timestamps' chain ends, in seconds since 1970.
        let endSeconds: Int64
        var count = 0
        /// Of these, those that have been renewed before.
        var renewedBefore = 0
        let isDue: Bool

        var json: JSONValue {
            [
                "authority": .string(authority), "algorithm": .string(algorithm),
                "ends": .string(UTCTime(seconds: endSeconds).description), "tokens": .integer(count),
                "renewedBefore": .integer(renewedBefore), "due": .bool(isDue),
            ]
        }
    }

    var groups: [Group] = []
    /// Timestamps whose evidence record is longer now.
    var renewed = 0
    /// How many tokens that took.
    var tokens = 0
    /// Who gave them.
    var stampedBy: String?
    /// Timestamps that cannot be renewed, with the reason; the first few.
    var failures: [String] = []
    var failureCount = 0
    let isDryRun: Bool

    /// Named reasons at most: the count says the rest.
    private static let failureLimit = 20

    mutating func fail(_ sentence: String) {
        failureCount += 1
        if failures.count < Self.failureLimit { failures.append(sentence) }
    }

    public var json: JSONValue {
        [
            "dryRun": .bool(isDryRun), "groups": .array(groups.map(\.json)), "renewed": .integer(renewed),
            "tokens": .integer(tokens), "stampedBy": stampedBy.map { .string($0) } ?? .null,
            "failed": .integer(failureCount), "failures": .array(failures.map { .string($0) }),
        ]
    }
}
