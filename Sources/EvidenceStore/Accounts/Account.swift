import Bytes

/// A seller, a platform, an operator: whoever registers.
public struct Account: Sendable, Equatable {
    /// Above this originals are not kept, whatever the policy, unless the operator sets another limit.
    public static let defaultOriginalsLimitBytes: UInt64 = 20_000_000

    public let id: AccountID
    /// Unique in the store.
    public let name: String
    public let originalsPolicy: OriginalsPolicy
    public let originalsLimitBytes: UInt64
    /// Milliseconds since 1970.
    public let created: Int64
}

extension Account {
    init(_ row: Row) throws(StoreError) {
        var value = ByteReader(row.value)
        guard let id = AccountID(row.key),
            let policy = value.read(bigEndian: UInt8.self).flatMap(OriginalsPolicy.init),
            let limit = value.read(bigEndian: UInt64.self), let created = value.read(bigEndian: UInt64.self)
        else { throw .malformedRow(in: .accounts) }
        self.init(
            id: id,
            name: String(decoding: row.value.suffix(value.remainingCount), as: UTF8.self),
            originalsPolicy: policy,
            originalsLimitBytes: limit,
            created: Int64(bitPattern: created)
        )
    }

    var row: [UInt8] {
        var row = [originalsPolicy.rawValue]
        row.append(bigEndian: originalsLimitBytes)
        row.append(bigEndian: UInt64(bitPattern: created))
        return row + name.utf8
    }
}
