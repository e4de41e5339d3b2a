import Bytes
import Hamming

/// The keys of a segment, as its file holds them beside the table.
///
/// Big-endian: how many runs (32 bits), then each run's lane (16), base (64) and first row (32); how many repeated keys
/// (64), then each one's row (32), lane (16) and index (64).
extension Segment {
    private static let repeatedBytes = 14

    var attachment: [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(bigEndian: UInt32(runs.count))
        for run in runs {
            bytes.append(bigEndian: run.lane)
            bytes.append(bigEndian: run.base)
            bytes.append(bigEndian: UInt32(run.firstRow))
        }
        bytes.append(bigEndian: UInt64(repeated.count))
        bytes.reserveCapacity(bytes.count + repeated.count * Self.repeatedBytes)
        for other in repeated {
            bytes.append(bigEndian: UInt32(other.row))
            bytes.append(bigEndian: other.key.lane)
            bytes.append(bigEndian: other.key.index)
        }
        return bytes
    }

    /// - Returns: `nil` when the attachment is not one of this table's.
    convenience init?(table: HammingTable, attachment: [UInt8], number: Int) {
        var reader = ByteReader(attachment)
        guard let runCount = reader.read(bigEndian: UInt32.self) else { return nil }
        var runs: [KeyRun] = []
        for _ in 0..<runCount {
            guard let lane = reader.read(bigEndian: UInt16.self), let base = reader.read(bigEndian: UInt64.self),
                let firstRow = reader.read(bigEndian: UInt32.self), firstRow < table.count,
                runs.last.map({ $0.firstRow < firstRow }) ?? (firstRow == 0)
            else { return nil }
            runs.append(KeyRun(lane: lane, base: base, firstRow: Int(firstRow)))
        }
        guard let count = reader.read(bigEndian: UInt64.self), !runs.isEmpty,
            count == UInt64(reader.remainingCount / Self.repeatedBytes)
        else { return nil }
        var repeated: [RepeatedKey] = []
        repeated.reserveCapacity(Int(count))
        for _ in 0..<count {
            guard let row = reader.read(bigEndian: UInt32.self), let lane = reader.read(bigEndian: UInt16.self),
                let index = reader.read(bigEndian: UInt64.self), row < table.count
            else { return nil }
            repeated.append(RepeatedKey(row: Int(row), key: EntryKey(lane: lane, index: index)))
        }
        guard reader.isAtEnd, zip(repeated, repeated.dropFirst()).allSatisfy({ $0 < $1 }) else { return nil }
        self.init(table: table, runs: runs, repeated: repeated, number: number)
    }
}
