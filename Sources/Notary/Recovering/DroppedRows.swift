import Bytes
import EvidenceStore

/// Rows that one store has and another has not, or has otherwise: what recovering to a point in time drops.
///
/// Rows of the logs themselves are told by the logs' sizes; their families can be large, and are not walked.
struct DroppedRows {
    private static let large: Set<Family> = [
        .entries, .tiles, .positions, .records, .recordKeys, .accountRecords, .digests, .fingerprints, .idempotency,
        .originals, .pendingOriginals, .calendar,
    ]
    private static let pageSize = 1000
    /// More would not be read.
    private static let lineLimit = 100

    private(set) var counts: [String: Int] = [:]
    private(set) var lines: [String] = []

    init(from rest: Store, to recovered: Store) throws {
        for family in Family.allCases where !Self.large.contains(family) {
            var last: [UInt8]?
            repeat {
                let rows = try rest.rows(of: family, after: last, limit: Self.pageSize)
                for row in rows where try !recovered.holds(row, in: family) { add(row, family, rest) }
                last = rows.last?.key
            } while last != nil
        }
    }

    private mutating func add(_ row: Row, _ family: Family, _ store: Store) {
        counts[family.rawValue, default: 0] += 1
        guard lines.count < Self.lineLimit, let line = Self.line(row, family, store) else { return }
        lines.append(line)
    }

    private static func line(_ row: Row, _ family: Family, _ store: Store) -> String? {
        switch family {
        case .timestamps:
            store.timestamp(row).map {
                "the timestamp by \($0.authority) of \(UTCTime(milliseconds: $0.obtained)) over \($0.size) entries"
            }
        case .accounts: store.account(row).map { "the account \($0.name), or a change to it" }
        case .tokens:
            store.account(ofToken: row).map {
                "the token \(Hex.encode(row.key)) of account \($0), or that it was revoked: look at the tokens"
            }
        case .checkpoints: "a checkpoint that nobody was answered with"
        default: "a row of \(family.rawValue)"
        }
    }
}
