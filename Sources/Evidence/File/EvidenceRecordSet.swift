import Anchoring
import Bytes
import OpenSSL

/// The evidence records over one timestamp's checkpoint, as files that are merged have them: only ever longer.
///
/// A record that another one goes on from is dropped if that one may take its place, for it proves all that the shorter
/// one does. Otherwise, and of two that were renewed apart, both stay, the lesser under `<id>.<8 hex of its SHA-256>`.
struct EvidenceRecordSet {
    private static let suffixLength = 8

    private struct Held {
        let record: UnverifiedEvidenceRecord
        var mayReplace: Bool
        var isKeptBesideLonger: Bool
    }

    let id: String
    private var held: [Held] = []

    init(id: String) { self.id = id }

    /// The id of the timestamp that a record with this id belongs to.
    static func timestampID(of id: String) -> String { String(id.prefix { $0 != "." }) }

    /// - Parameters:
    ///   - mayReplace: Whether it holds by roots that do not come from one of the files alone.
    ///   - isKeptBesideLonger: Whether a file has it beside one that goes on from it. Then it stays, so that merging once
    ///     more does not drop what the first time kept.
    mutating func add(_ record: UnverifiedEvidenceRecord, mayReplace: Bool, isKeptBesideLonger: Bool) {
        guard let place = held.firstIndex(where: { $0.record.der == record.der }) else {
            held.append(Held(record: record, mayReplace: mayReplace, isKeptBesideLonger: isKeptBesideLonger))
            return
        }
        held[place].mayReplace = held[place].mayReplace || mayReplace
        held[place].isKeptBesideLonger = held[place].isKeptBesideLonger || isKeptBesideLonger
    }

    /// By id: the one with the most timestamps has the timestamp's own.
    var members: [(id: String, record: [UInt8])] {
        let records = held.filter { one in
            one.isKeptBesideLonger || !held.contains { $0.mayReplace && Self.isReplaced(one.record, by: $0.record) }
        }.map(\.record)
        let sorted = records.sorted { first, second in
            first.timestampCount != second.timestampCount
                ? first.timestampCount > second.timestampCount : first.der.lexicographicallyPrecedes(second.der)
        }
        return sorted.enumerated().map { place, record in
            let suffix = SHA256.digest(of: record.der).hex.prefix(Self.suffixLength)
            return (place == 0 ? id : "\(id).\(suffix)", record.der)
        }
    }

    /// Of two with the same timestamps, written differently, the earlier by its bytes is as good as the other.
    private static func isReplaced(_ record: UnverifiedEvidenceRecord, by other: UnverifiedEvidenceRecord) -> Bool {
        if record.isShorterBeginning(of: other) { return true }
        return record.isBeginning(of: other) && other.der.lexicographicallyPrecedes(record.der)
    }
}

extension UnverifiedEvidenceRecord {
    /// Whether `longer` is this record with at least one further timestamp.
    func isShorterBeginning(of longer: Self) -> Bool { isBeginning(of: longer) && !longer.isBeginning(of: self) }
}
