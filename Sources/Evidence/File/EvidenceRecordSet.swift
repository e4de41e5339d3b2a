import Anchoring
import Bytes
import OpenSSL

/// The evidence records over one timestamp's checkpoint, as files that are merged have them: only ever longer.
///
/// A record that another one goes on from is dropped, for the longer one proves all that it does. Of two that were
/// renewed apart both stay, the lesser under `<id>.<8 hex of its SHA-256>`.
struct EvidenceRecordSet {
    private static let suffixLength = 8

    let id: String
    private var records: [UnverifiedEvidenceRecord] = []

    init(id: String) { self.id = id }

    /// The id of the timestamp that a record with this id belongs to.
    static func timestampID(of id: String) -> String { String(id.prefix { $0 != "." }) }

    mutating func add(_ record: UnverifiedEvidenceRecord) {
        guard !records.contains(where: { record.isBeginning(of: $0) }) else { return }
        records.removeAll { $0.isBeginning(of: record) }
        records.append(record)
    }

    /// By id: the one with the most timestamps has the timestamp's own.
    var members: [(id: String, record: [UInt8])] {
        let sorted = records.sorted { first, second in
            first.timestampCount != second.timestampCount
                ? first.timestampCount > second.timestampCount : first.der.lexicographicallyPrecedes(second.der)
        }
        return sorted.enumerated().map { place, record in
            let suffix = SHA256.digest(of: record.der).hex.prefix(Self.suffixLength)
            return (place == 0 ? id : "\(id).\(suffix)", record.der)
        }
    }
}
