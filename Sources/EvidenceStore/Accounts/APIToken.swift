public import Bytes

/// What is kept of an API token: never the token, only its SHA-256.
public struct APIToken: Sendable, Equatable {
    /// SHA-256 of the token's text; also the name by which to revoke it.
    public let digest: Digest256
    public let account: AccountID
    public let label: String
    /// Milliseconds since 1970.
    public let created: Int64
    /// Milliseconds since 1970; `nil` while the token is good.
    public let revoked: Int64?
}

extension APIToken {
    init(_ row: Row) throws(StoreError) {
        var value = ByteReader(row.value)
        guard let digest = Digest256(row.key), let account = AccountID(&value),
            let created = value.read(bigEndian: UInt64.self), let revoked = value.read(bigEndian: UInt64.self)
        else { throw .malformedRow(in: .tokens) }
        self.init(
            digest: digest,
            account: account,
            label: String(decoding: row.value.suffix(value.remainingCount), as: UTF8.self),
            created: Int64(bitPattern: created),
            revoked: revoked == 0 ? nil : Int64(bitPattern: revoked)
        )
    }

    var row: [UInt8] {
        var row = Keys.prefix(account)
        row.append(bigEndian: UInt64(bitPattern: created))
        row.append(bigEndian: UInt64(bitPattern: revoked ?? 0))
        return row + label.utf8
    }
}
